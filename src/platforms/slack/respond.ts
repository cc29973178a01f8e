// The response address that comes with an interaction: five answers in half an hour, in any room, privately.
import type { Body } from './answer.ts'

const waitMs = 5000

/** The function throws when Slack does not take the answer, as after half an hour. */
export const respondTo = (url: string | undefined) =>
  url === undefined || url === '' ? {} : { respond: (body: Body) => post(url, body) }

async function post(url: string, body: Body): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(waitMs),
  })
  if (!answer.ok) throw new Error(`the response address answered ${answer.status}`)
}
