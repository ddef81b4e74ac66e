import { expect, it } from 'vitest';
import { maskedEvent } from './masked-event.ts';

it('shows what happened to which object, and nothing of who it is', () => {
  const told = {
    id: 'evt_1',
    type: 'checkout.session.completed',
    data: {
      object: {
        id: 'cs_1',
        customer: 'cus_1',
        amount_total: 980,
        customer_details: { name: 'Mio Example', address: { line1: 'Kyoto 1' } },
        customer_email: null,
        lines: { data: [{ id: 'li_1', description: 'Mio’s plan', amount: 980 }] },
        charges: [
          {
            billing_details: { email: 'mio@example.test' },
            payment_method_details: { card: { last4: '4242' } },
          },
        ],
        metadata: { user: 'usr_1' },
        url: 'https://checkout.stripe.test/c/pay/cs_1',
      },
    },
  };
  const text = JSON.stringify(maskedEvent(told));
  for (const secret of ['Mio', 'Kyoto', 'mio@', '4242', 'https://']) expect(text).not.toContain(secret);
  for (const fact of ['cus_1', '980', 'usr_1', 'li_1', 'cs_1', '"customer_email":null'])
    expect(text).toContain(fact);
});
