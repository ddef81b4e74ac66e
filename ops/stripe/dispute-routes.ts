import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { decideDispute } from './disputes.ts';
import { change } from './events.ts';
import { accepts, labelled, metadata, page, range, text, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get } from './state.ts';

export const disputeRoutes: Route[] = [
  route('GET', '/v1/disputes/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.dispute, 'dispute', id),
  ),
  route(
    'POST',
    '/v1/disputes/:id',
    accepts<Stripe.DisputeUpdateParams>()({
      evidence: v.optional(
        v.strictObject({
          uncategorized_text: v.optional(text),
          product_description: v.optional(text),
          refund_policy_disclosure: v.optional(text),
        }),
      ),
      metadata: v.optional(metadata),
      submit: v.optional(yes, 'true'),
    }),
    (account, params, id) => {
      const made = get(account.tables.dispute, 'dispute', id);
      const { evidence } = params;
      change(account, 'charge.dispute.updated', made, () => {
        made.metadata = labelled(made.metadata, params.metadata);
        if (!evidence) return;
        Object.assign(made.evidence, evidence);
        made.evidence_details.has_evidence = true;
        if (!params.submit) return;
        made.evidence_details.submission_count++;
        made.evidence_details.submission_method = 'manual';
        made.status = 'under_review';
      });
      // Stripe's own words for deciding a dispute in test mode (https://docs.stripe.com/testing#disputes).
      const said = params.submit ? evidence?.uncategorized_text : undefined;
      if (said === 'winning_evidence') decideDispute(account, made, 'won');
      if (said === 'losing_evidence') decideDispute(account, made, 'lost');
      return made;
    },
  ),
  route('POST', '/v1/disputes/:id/close', v.strictObject({}), (account, _, id) =>
    decideDispute(account, get(account.tables.dispute, 'dispute', id), 'lost'),
  ),
  route(
    'GET',
    '/v1/disputes',
    accepts<Stripe.DisputeListParams>()({
      ...page,
      charge: v.optional(text),
      created: range,
      payment_intent: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/disputes',
        [...account.tables.dispute.values()].filter(
          (one) =>
            (!params.charge || one.charge === params.charge) &&
            (!params.payment_intent || one.payment_intent === params.payment_intent) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
