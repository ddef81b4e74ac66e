import { Hono } from 'hono';
import * as v from 'valibot';
import { CalendarAddress, OwnCalendar } from '../../schema/api/library.ts';
import { firstWanted } from '../catalog/locale.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { askingIn } from './asking.ts';
import { calendarAddress, calendarAt, newCalendarAddress } from './calendar.ts';

/** A profile's own calendar, for programs that cannot sign in (docs/adr/0063). The file itself is written by edge/pages/feeds. */
export const ownCalendar = new Hono<AppEnv>()
  .get(
    '/api/me/calendar',
    allow('viewer'),
    returns('The private address of the calendar of what the profile follows and watches', {
      200: CalendarAddress,
    }),
    async (c) => c.json(await calendarAddress(await askingIn(c)), 200),
  )
  .post(
    '/api/me/calendar',
    allow('viewer'),
    returns('A new private address; those before are worth nothing any more', { 200: CalendarAddress }),
    async (c) => c.json(await newCalendarAddress(await askingIn(c)), 200),
  )
  .get(
    '/api/calendar/:token',
    allow('anyone'), // the token is what opens it
    accepts('param', v.object({ token: v.string() })),
    returns('What airs of what a profile follows and watches, a week back and five ahead', {
      200: OwnCalendar,
    }),
    async (c) => {
      const locale = firstWanted(c.req.header('accept-language') ?? null);
      const found = await calendarAt(c.var.platform, c.req.valid('param').token, locale);
      return c.json(found, 200, { 'cache-control': 'private, max-age=600', vary: 'Accept-Language' });
    },
  );
