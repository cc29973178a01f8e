// Signed HTTP deliveries on the shared server. Bolt refuses stale timestamps; a timestamp from the future is ours to refuse (SE-8).
import type { RequestListener } from 'node:http'
import { HTTPReceiver } from '@slack/bolt'
import { silent } from './calls.ts'

export const slackPath = '/slack/events'
const driftSeconds = 300

export function createSigned(signingSecret: string, now: () => number = Date.now) {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: slackPath, logger: silent })
  const listener: RequestListener = (request, response) => {
    const stamp = Number(request.headers['x-slack-request-timestamp'])
    if (stamp > now() / 1000 + driftSeconds) return void response.writeHead(401).end()
    try {
      receiver.requestListener(request, response)
    } catch {
      // Bolt throws for a path or method that is not its own.
      response.writeHead(404).end()
    }
  }
  return { receiver, listener }
}
