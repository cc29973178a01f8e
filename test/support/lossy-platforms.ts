// Local platforms with people on them, where one reply in ten is lost after the message was stored.
import { startDiscordServer } from './discord-server.ts'
import { botToken, startSlackServer } from './slack-server.ts'

export type LossyPlatform = {
  readonly platform: 'slack' | 'discord'
  readonly apiUrl: string
  readonly token: string
  readonly users: readonly string[]
  /** How many messages each person has. */
  messages(user: string): number
  stop(): Promise<void>
}
const cut = { after: true, destroy: true }

export async function lossySlack(count: number): Promise<LossyPlatform> {
  const server = await startSlackServer()
  const users = Array.from({ length: count }, (_, n) => `U${n}`)
  for (const user of users) server.person(user)
  let posts = 0
  server.fault((method) => method === 'chat.postMessage' && ++posts % 10 === 0, { ...cut, times: Infinity })
  return {
    platform: 'slack',
    apiUrl: server.apiUrl,
    token: botToken,
    users,
    messages: (user) => server.state.direct(user).messages.length,
    stop: () => server.stop(),
  }
}

export async function lossyDiscord(count: number): Promise<LossyPlatform> {
  const server = await startDiscordServer()
  const users = Array.from({ length: count }, (_, n) => server.state.user(`person${n}`).id)
  for (let n = 0; n < count; n += 1) server.fault(/^POST \/channels\/\d+\/messages$/, { ...cut, skip: 9 })
  return {
    platform: 'discord',
    apiUrl: server.apiUrl,
    token: server.token,
    users,
    messages: (user) => server.dms(user).length,
    stop: () => server.stop(),
  }
}
