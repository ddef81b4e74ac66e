import type { Context } from 'hono';
import * as v from 'valibot';
import type { NewTakedownNotice } from '../../schema/api/moderation.ts';
import { idSchema } from '../../schema/ids.ts';
import { isLegalText, noticeIn, noticeValues, type PageData } from '../../web/server.tsx';
import { readBody } from '../http/body.ts';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { apiFor, orNothing, Refused, value } from './ask.ts';

/** What the fields of a notice hold at most, written as forms are: nine bytes a character. */
const MAX_FORM_BYTES = 400_000;

function textOf(c: Context<AppEnv>, text: string): Omit<PageData<'legal'>, 'notice'> {
  if (!isLegalText(text)) throw new Problem('not-found');
  const { legalContact, securityContact } = c.var.platform.settings;
  return { text, contact: legalContact || securityContact || null };
}

/** @throws Problem `not-found` for a text that there is not */
export async function loadLegal(c: Context<AppEnv>, name: string): Promise<PageData<'legal'>> {
  const text = textOf(c, name);
  if (text.text !== 'takedown') return { ...text, notice: null };
  const given = v.safeParse(idSchema('notice'), c.req.query('receipt'));
  const receipt = given.success
    ? await orNothing(
        value(apiFor(c).api['takedown-notices'][':id'].$get({ param: { id: given.output } })),
        null,
      )
    : null;
  return {
    ...text,
    notice: receipt ? { receipt } : { receipt: null, values: noticeValues(), problem: null },
  };
}

/**
 * Takes the form of a takedown notice.
 * @returns the receipt number; or the page with all that was typed, and why it was not taken
 */
export async function sendNotice(
  c: Context<AppEnv>,
): Promise<{ received: string } | { refused: PageData<'legal'>; status: number }> {
  const body = await readBody(c.req.raw, MAX_FORM_BYTES);
  const values = noticeValues(new URLSearchParams(new TextDecoder().decode(body)));
  try {
    const json = noticeIn(values) as NewTakedownNotice; // a statement that was not made is refused there
    const { id } = await value(apiFor(c).api['takedown-notices'].$post({ json }));
    return { received: id };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { problem } = error;
    const notice = { receipt: null, values, problem };
    return { refused: { ...textOf(c, 'takedown'), notice }, status: problem.status };
  }
}
