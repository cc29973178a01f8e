// Prompts to people and lines to rooms that wait in the outbox, on both local platforms, and what arrived.
import { connect } from '../src/store/connection.ts'
import { addPeople, addProgram, newId } from '../test/support/delivery-rows.ts'
import { startDiscordServer } from '../test/support/discord-server.ts'
import { botToken, startSlackServer } from '../test/support/slack-server.ts'

type Amount = { readonly people: number; readonly rooms: number; readonly lines: number }
type Local = {
  readonly platform: 'discord' | 'slack'
  readonly apiUrl: string
  readonly token: string
  readonly users: readonly string[]
  readonly rooms: readonly string[]
  direct(user: string): number
  said(room: string): readonly unknown[]
  /** Answers nobody, or everybody again. */
  away(isAway: boolean): void
  stop(): Promise<void>
}

export async function discord({ people, rooms }: Amount): Promise<Local> {
  const server = await startDiscordServer()
  const guild = server.guild('Chaos')
  const channels = Array.from({ length: rooms }, (_, n) => server.channel(guild, `r${n}`))
  const lossy = () => {
    for (let n = 0; n < people; n += 1)
      server.fault(/^POST \/channels\/\d+\/messages$/, { after: true, destroy: true, skip: 9 })
  }
  lossy()
  return {
    platform: 'discord',
    apiUrl: server.apiUrl,
    token: server.token,
    users: Array.from({ length: people }, (_, n) => server.state.user(`person${n}`).id),
    rooms: channels.map(({ id }) => id),
    direct: (user) => server.dms(user).length,
    said: (room) => server.state.channels.get(room)?.messages ?? [],
    away(isAway) {
      server.clearFaults()
      if (isAway) server.fault(/./, { status: 503, times: Infinity })
      else lossy()
    },
    stop: () => server.stop(),
  }
}

export async function slack({ people, rooms }: Amount): Promise<Local> {
  const server = await startSlackServer()
  const users = Array.from({ length: people }, (_, n) => `U${n}`)
  for (const user of users) server.person(user)
  const channels = Array.from({ length: rooms }, (_, n) => server.room(`C${n}`))
  let posts = 0
  const lossy = () =>
    server.fault((method) => method === 'chat.postMessage' && ++posts % 10 === 0, {
      after: true,
      destroy: true,
      times: Infinity,
    })
  lossy()
  return {
    platform: 'slack',
    apiUrl: server.apiUrl,
    token: botToken,
    users,
    rooms: channels.map(({ id }) => id),
    direct: (user) => server.state.direct(user).messages.length,
    said: (room) => server.state.rooms.get(room)?.messages ?? [],
    away(isAway) {
      server.clearFaults()
      if (isAway) server.fault(() => true, { status: 503, times: Infinity })
      else lossy()
    },
    stop: () => server.stop(),
  }
}

/** Fills the outbox by schedules that are due and by lines to rooms, numbered in their order. */
export async function startDrain(databaseUrl: string, amount: Amount) {
  const locals = [await discord(amount), await slack(amount)]
  const connection = await connect(databaseUrl)
  const now = Date.now()
  for (const { platform, users, rooms } of locals) {
    const program = await addProgram(connection.prisma, platform)
    const due = { cron: null, nextRunAt: new Date(now - 60_000) }
    await addPeople(connection.prisma, program, amount.people, [due], { users })
    await connection.prisma.outbox.createMany({
      data: rooms.flatMap((toRoom) =>
        Array.from({ length: amount.lines }, (_, n) => ({
          id: newId(),
          programId: program.id,
          platform,
          workspace: program.workspace.externalId,
          toRoom,
          notice: 'line',
          params: JSON.stringify({ n: String(n) }),
          dedupeKey: newId(),
          dueAt: new Date(now - 60_000 + n),
          createdAt: new Date(now - 60_000 + n),
        })),
      ),
    })
  }
  await connection.close()

  /** The numbers of a room's lines as they stand there. */
  const numbers = (messages: readonly unknown[]) =>
    messages.flatMap((message) => {
      const [, n] = /#(\d+)#/.exec(JSON.stringify(message)) ?? []
      return n === undefined ? [] : [Number(n)]
    })
  return {
    platforms: locals.map(({ platform, apiUrl, token }) => ({ platform, apiUrl, token })),
    away: (isAway: boolean) => locals.forEach((one) => one.away(isAway)),
    arrived() {
      const people = locals.flatMap((one) => one.users.map((user) => one.direct(user)))
      const rooms = locals.flatMap((one) => one.rooms.map((room) => numbers(one.said(room))))
      const lines = rooms.flatMap((all) =>
        Array.from({ length: amount.lines }, (_, n) => all.filter((one) => one === n).length),
      )
      const all = [...people, ...lines]
      const outOfOrder = rooms.flatMap((room) => room.filter((n, index) => n < (room[index - 1] ?? -1)))
      return {
        expected: all.length,
        lost: all.filter((number) => number === 0).length,
        doubled: all.filter((number) => number > 1).length,
        outOfOrder: outOfOrder.length,
      }
    },
    async stop() {
      for (const one of locals) await one.stop()
    },
  }
}
