import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor, type ESTree } from 'vite';
import { Declarations } from './declarations.ts';
import type { Shape } from './shape.ts';

/**
 * What can be asked of Stripe's API, read from the SDK that is installed: Stripe writes it from its published description of the API, so
 * that its methods name every path and its types every parameter. Nothing of it is kept in this repository.
 */
export type Endpoint = {
  method: string;
  /** `/v1/subscriptions/{}` */
  path: string;
  /** Null: it takes none. */
  params: Shape | null;
  /** Null: not described. */
  answer: Shape | null;
};

/** Path and method, by class and method of the SDK. */
type Call = { class: string; name: string; method: string; path: string };

const resources = join(dirname(fileURLToPath(import.meta.resolve('stripe'))), 'resources');

/** Every endpoint of the first version of Stripe's API (`/v1`), by `METHOD path`. A third of a second. */
export function endpoints(): ReadonlyMap<string, Endpoint> {
  const declarations = new Declarations();
  const all = new Map<string, Endpoint>();
  for (const name of readdirSync(resources, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js') || /^V2\b/.test(name)) continue;
    const types = join(resources, name.replace(/\.js$/, '.d.ts'));
    for (const call of callsOf(join(resources, name))) {
      const method = methodOf(declarations.classOf(types, call.class), call.name);
      if (!method) continue;
      const params = method.params.find(
        (one) => one.type === 'Identifier' && one.name === 'params' && one.typeAnnotation,
      );
      const answer = answerOf(method.returnType?.typeAnnotation);
      all.set(`${call.method} ${call.path}`, {
        method: call.method,
        path: call.path,
        params:
          params?.type === 'Identifier' && params.typeAnnotation
            ? declarations.shapeOf(types, params.typeAnnotation.typeAnnotation)
            : null,
        answer: answer && declarations.shapeOf(types, answer),
      });
    }
  }
  return all;
}

/** `this._makeRequest('POST', `/v1/invoices/${…}/pay`, …)` in the methods of a module's classes. */
function callsOf(file: string): Call[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const found: Call[] = [];
  let current = { class: '', name: '' };
  new Visitor({
    ClassDeclaration: (node) => void (current = { ...current, class: node.id?.name ?? '' }),
    MethodDefinition: (node) =>
      void (current = { ...current, name: node.key.type === 'Identifier' ? node.key.name : '' }),
    CallExpression: ({ callee, arguments: [method, path] }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (callee.property.name !== '_makeRequest' || method?.type !== 'Literal') return;
      const text = pathOf(path);
      if (text) found.push({ ...current, method: String(method.value), path: text });
    },
  }).visit(program);
  return found;
}

function pathOf(node: ESTree.Node | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw).join('{}') : null;
}

function methodOf(declared: ESTree.Class | undefined, name: string): ESTree.Function | null {
  for (const member of declared?.body.body ?? [])
    if (
      (member.type === 'MethodDefinition' || member.type === 'TSAbstractMethodDefinition') &&
      member.key.type === 'Identifier' &&
      member.key.name === name
    )
      return member.value;
  return null;
}

/** `Promise<Response<X>>` and `ApiListPromise<X>` → what X is; of lists, what is listed. */
function answerOf(type: ESTree.TSType | undefined): ESTree.TSType | null {
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return type ?? null;
  const [inner] = type.typeArguments?.params ?? [];
  const wraps = ['Promise', 'Response', 'ApiListPromise', 'ApiSearchResultPromise', 'ApiList'];
  return wraps.includes(type.typeName.name) && inner ? answerOf(inner) : type;
}
