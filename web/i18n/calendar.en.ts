/** Words of the private calendar on the calendar page: few people need them, and the list’s are enough to download. */
export const calendarEn = {
  own: 'A calendar of your own',
  ownText:
    'What you follow or watch, for your calendar program. Whoever has the address can read it, without signing in.',
  address: 'Address of your calendar',
  copy: 'Copy',
  copied: 'The address is copied.',
  selected: 'The address is selected: copy it from there.',
  renew: 'New address …',
  renewText: 'Programs that have the old address get nothing any more: give them the new one.',
  renewDo: 'Make a new address',
  renewed: 'The address is new.',
  failed: 'That was not saved. Check the connection and try again.',
} as const;
