/** English words of what stands around every page of the dashboard. */
export const shell = {
  'toast.region': 'Messages',
  'toast.undo': 'Undo',
  'toast.undoing': 'Undoing …',
  'toast.undone': 'It is as it was before.',
  'toast.notUndone': 'It could not be undone',
  'toast.dismiss': 'Dismiss this message',
  'toast.heard': '{text} F8 leads to {action}.',
  'confirm.typed': 'Type “{word}” to go on',
  'confirm.reason': 'Why',
  'confirm.reasonHint': 'Kept with the change, for those who come after.',
} as const satisfies Record<string, string | { one?: string; other: string }>;
