/** English words of showing once more that it is oneself: a chunk of their own. */
export const stepUp = {
  'stepUp.title': 'Is it you?',
  'stepUp.text':
    'This cannot be done by just anybody at your desk. Show that it is you; for 15 minutes you will not be asked again.',
  'stepUp.password': 'Password',
  'stepUp.app': 'Code of your app',
  'stepUp.mail': 'Code from the mail',
  'stepUp.codeHint': 'Six digits.',
  'stepUp.mailText': 'A code goes to {email}.',
  'stepUp.mailSent': 'Sent. It is good for ten minutes.',
  'stepUp.send': 'Mail a code',
  'stepUp.sendAgain': 'Mail another',
  'stepUp.usePasskey': 'Use a passkey',
  'stepUp.passkeyFailed': 'The browser gave no passkey. Try again, or choose another way.',
  'stepUp.go': 'Go on',
  'stepUp.other': 'Another way',
  'stepUp.by.password': 'By password',
  'stepUp.by.passkey': 'By passkey',
  'stepUp.by.app': 'By a code of your app',
  'stepUp.by.mail': 'By a mailed code',
} as const;
