import type { LegalCatalogue } from '../viewer/legal/texts.ts';

const statements = {
  goodFaith:
    'I have a good faith belief that the use of the material in the manner complained of is not authorised by the copyright owner, its agent, or the law.',
  accurate:
    'The information in this notification is accurate, and under penalty of perjury, I am authorised to act on behalf of the owner of an exclusive right that is allegedly infringed.',
};

/**
 * What this software does, in words for the people who use a site that runs on it. The operator's name, seat and law are theirs to add:
 * nothing here pretends to know them.
 */
export const legalEn: LegalCatalogue = {
  statements,
  contact: 'Write to',
  noContact:
    'The operator of this site has not set a contact address yet (LEGAL_CONTACT). Until then, the address in its imprint or of its host is where to write.',
  terms: {
    lead: 'What you may do here, and what you may expect.',
    sections: [
      {
        heading: 'Watching',
        body: [
          'What can be watched depends on the licences for the country you are in, on your plan, and on the age that your profile is set to. Licences begin and end; an episode may leave, and the page of its title says so.',
          'Films are for watching by you and your household. Copying, sharing or showing them to the public needs the permission of their rights holders.',
        ],
      },
      {
        heading: 'Your account',
        body: [
          'Keep your password and codes to yourself; what happens in your account is taken to be yours. You can see and end the devices and streams of your account at any time.',
          'As many streams as your plan allows may run at once. One that is started elsewhere asks before it ends another.',
        ],
      },
      {
        heading: 'Plans and payments',
        body: [
          'Stripe takes the payments; this site never sees a card. Every price is shown with its currency, its period and with taxes included before you pay, and the receipt repeats it.',
          'A plan goes on, and is charged, by the month or by the year until you cancel. Free days are for a first subscription; nothing is charged before they end. If a price changes, you are told before it applies to you; who subscribed before pays the price they agreed to until then.',
          'You cancel on the page of your plan and payments, at any time and without a reason. The plan holds until the end of what you have paid. If a payment fails, it is tried again for some days in which the plan holds all the same; after that it stops until it is paid.',
          'A rental is to be begun, and then finished, within the times that stand beside its price; the site asks before its time begins. A purchase can be watched for as long as the licences of the title allow it to be kept here. What is refunded or charged back can no longer be watched.',
        ],
      },
      {
        heading: 'Right of withdrawal',
        id: 'withdrawal',
        body: [
          'In the European Union and in many other places you may withdraw from a contract within fourteen days without giving a reason (Directive 2011/83/EU, articles 9 to 16). For digital content that you ask to have at once, this right ends when it begins to be delivered, provided that you agreed to that and acknowledged it (article 16(m)): that is what renting and buying here means. For a plan that began at once, you owe the share of the time in which it held.',
          'In Japan, what is sold by correspondence has no cooling-off period by law; what stands here and on the page of plans are the terms of withdrawal and cancellation that the Act on Specified Commercial Transactions (article 11 and 15-3) asks to be shown.',
          'To withdraw, write to the contact below before the fourteen days are over; a sentence that says so is enough. What is due is paid back to the card or account it came from within fourteen days.',
          'Note to operators: who you are (name, seat, register, tax number), the law that applies, and the statements above are yours to complete and to have checked by somebody who knows the law of where you sell.',
        ],
      },
      {
        heading: 'Leaving',
        body: [
          'You can close your account on its page. It stays closed for a time in which you can take it back, and is then deleted with everything in it.',
        ],
      },
      {
        heading: 'If something breaks',
        body: [
          'The site is made with care, yet no site is always there. Rights that the law of your country gives you as a consumer are not touched by these terms.',
        ],
      },
    ],
  },
  privacy: {
    lead: 'What is kept about you, why, for how long, and how you get at it.',
    sections: [
      {
        heading: 'What is kept',
        body: [
          [
            'Your name, e-mail address, and a scrambled form of your password or the public half of your passkeys: to let you in.',
            'Your profiles with their settings, what they watched and how far, lists and scores: to go on where you were, on every device. Each profile can forget its history.',
            'The browser and the rough place of each sign-in: so that you recognise your devices.',
            'What you agreed to, and when.',
            'Streams that are running, and minutes watched per episode: to keep to plans and to settle with rights holders.',
            'A takedown notice that you send, with your name and how to reach you: as the record of what was asked, and by whom.',
          ],
        ],
      },
      {
        heading: 'What is not done',
        body: [
          'There is no advertising network, no tracker and no file from another company on these pages. Your country is read from the network that carries your request, to know which licences apply, and is not stored with what you watch.',
          'Logs hold no passwords, no tokens, and no mail addresses.',
        ],
      },
      {
        heading: 'Who else is involved',
        body: [
          'The site and its database run at Cloudflare; films come from a delivery network (CloudFront or Cloudflare); mails are sent by a mail provider. They work on the operator’s behalf.',
        ],
      },
      {
        heading: 'Your rights',
        body: [
          'On the page of your account you can download everything that is kept about you, correct it, take back a consent, and delete the account. You may also complain to the data protection authority of your country.',
        ],
      },
    ],
  },
  cookies: {
    lead: 'Only those without which something you asked for would not work; so there is no banner.',
    sections: [
      {
        heading: 'Which ones',
        body: [
          [
            'A session cookie and a short-lived access cookie, after you sign in; they go when you sign out.',
            'The profile that watches, after you have chosen one.',
            'Theme and language, if you choose others than the site’s own; for a year.',
            'A mark of this browser, after you sign in, so that a new device can be told from a known one.',
            'On some devices, cookies of the delivery network that open one episode’s files while you watch it.',
          ],
          'All of them are set by this site, are sent to it alone, and cannot be read by scripts.',
        ],
      },
      {
        heading: 'In your browser',
        body: ['The volume of the player is kept in your browser and is sent nowhere.'],
      },
    ],
  },
  takedown: {
    lead: 'For rights holders who find their work here without permission, and for whoever was taken down by mistake.',
    sections: [
      {
        heading: 'What a notice must contain',
        body: [
          'These are the elements of 17 U.S.C. § 512(c)(3)(A). Notices under the law of other countries are read as well; the more of this they contain, the sooner they can be acted on.',
          [
            'The signature, physical or electronic, of the owner of the right or of somebody authorised to act for them.',
            'Which work is infringed; for several on one site, a representative list.',
            'What is infringing, and where it is: the address of each title or episode page.',
            'How to reach you: address, telephone number and e-mail.',
            `The statement: “${statements.goodFaith}”`,
            `The statement: “${statements.accurate}”`,
          ],
        ],
      },
      {
        heading: 'What happens then',
        body: [
          'The operator reads the notice. What is taken down stops playing within a minute everywhere, also for those who are watching, and its page says that it was removed. Each takedown is recorded with who ordered it and why.',
          'Whoever put the work here is told. They may answer with a counter-notice (17 U.S.C. § 512(g)(3)): what was removed and where it was, a statement under penalty of perjury that it was removed by mistake, their address, consent to the jurisdiction of a court, and a signature.',
          'Knowingly false notices make their author liable (17 U.S.C. § 512(f)).',
        ],
      },
    ],
  },
};
