import { DurableObject } from 'cloudflare:workers';

/** A job is spoken of at most once in so long, ms: the reports of many transcoders become one line. */
const EVERY_MS = 500;

/**
 * The sockets of everybody who watches jobs. They hibernate: the object may leave memory and keep them, and pings are answered
 * without waking it. What it forgets then is only how lately a job was spoken of.
 */
export class JobFeed extends DurableObject<Env> {
  /** Jobs that were spoken of just now, and whether there is more to say. */
  readonly #recent = new Map<string, boolean>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  /** A WebSocket handshake, or a POST of one line for everybody. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade') !== 'websocket') {
      this.#hear(await request.text());
      return new Response(null, { status: 204 });
    }
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Said at once if it was not said lately, else once more when the time is up: the last change is never kept back for good. */
  #hear(line: string): void {
    if (this.#recent.has(line)) {
      this.#recent.set(line, true);
      return;
    }
    const sockets = this.ctx.getWebSockets();
    if (sockets.length === 0) return;
    for (const socket of sockets) say(socket, line);
    this.#recent.set(line, false);
    setTimeout(() => {
      const more = this.#recent.get(line);
      this.#recent.delete(line);
      if (more) this.#hear(line);
    }, EVERY_MS);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close(); // the other half of the closing handshake (RFC 6455 §5.5.1)
  }
}

/** A socket that is closing at this moment throws; the others are to hear it all the same. */
function say(socket: WebSocket, line: string): void {
  try {
    socket.send(line);
  } catch {
    socket.close();
  }
}
