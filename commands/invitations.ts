// /invitations: codes that let people in, invitations by name, and who may join at all.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import type { Asking } from './words/case-words.ts'
import { invitesDoor, newCodeDoor } from './words/invite-doors.ts'
import { atTime } from './words/times.ts'

const perPage = 5
const most = { uses: 200, days: 90 }

async function page(call: Asking, from: number, ...first: readonly Part[]): Promise<Message> {
  const { app, actor, now } = call
  const { gate } = actor.program
  const other = gate === 'open' ? 'code' : 'open'
  const found = await app.invites.list(actor, { skip: from, take: perPage + 1 })
  const groups = Object.values(await app.groups.listFor(actor)).flat()
  const rows = found.slice(0, perPage).map((one): readonly Part[] => {
    const over = one.usesLeft <= 0 || one.expiresAt <= now
    const to = groups.find(({ group }) => group.id === one.groupId)?.group.name
    return [
      t(over ? 'invites.row.over' : 'invites.row', {
        made: atTime(one.at, actor.zone),
        until: atTime(one.expiresAt, actor.zone),
        left: one.usesLeft,
        to: one.groupId === null ? actor.program.name : (to ?? t('invites.some-group')),
      }),
      ...(over ? [] : [button(t('invites.end'), endCode, { invite: one.id }, 'careful')]),
    ]
  })
  return say(
    ...first,
    heading(t('invites.title')),
    t(`invites.gate.${gate}`),
    ...(actor.roles.includes('admin')
      ? [button(t(`invites.gate.to-${other}`), setGate, { gate: other })]
      : []),
    button(t('invites.new'), newCodeDoor, {}, 'main'),
    button(t('invites.name'), nameForm, {}),
    t(found.length === 0 ? 'invites.none' : 'invites.codes'),
    ...rows.flat(),
    ...(found.length > perPage
      ? [button(t('invites.older'), invitesDoor, { from: String(from + perPage) })]
      : []),
    ...(from > 0 ? [button(t('invites.first'), invitesDoor, {})] : []),
    small(t('invites.readers')),
  )
}

export const invitations = defineCommand({
  name: 'invitations',
  title: t('invites.command.title'),
  description: t('invites.command.about'),
  permit: 'staff',
  options: {},
  run: (call) => page(call, 0),
})

export const seeInvites = defineAction({
  ...invitesDoor,
  permit: 'staff',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const setGate = defineAction({
  id: 'iv.gate',
  permit: 'admin',
  params: z.object({ gate: z.enum(['open', 'code']) }),
  async run(call, { gate }) {
    await call.app.invites.setGate(call.actor, gate)
    const actor = (await call.app.members.now(call.actor)) ?? call.actor
    return { kind: 'update', message: await page({ ...call, actor }, 0) }
  },
})

export const newCode = defineAction({
  ...newCodeDoor,
  permit: 'staff',
  run: ({ actor }, { group }) => open(codeForm, actor, { group }, { uses: 1, days: 7 }),
})

export const codeForm = defineForm({
  id: 'iv.make',
  title: t('invites.new'),
  readers: t('invites.readers'),
  permit: 'staff',
  params: z.object({ group: z.string().optional() }),
  fields: {
    uses: f.whole(t('invites.uses'), { min: 1, max: most.uses, hint: t('invites.uses.hint') }),
    days: f.whole(t('invites.days'), { min: 1, max: most.days }),
  },
  async run(call, { uses, days }, { group }) {
    const groupId = group ?? null
    const code = await call.app.invites.make(call.actor, { groupId, uses, days }, call.now)
    return page(call, 0, t('invites.made', { code }))
  },
})

export const endCode = defineAction({
  id: 'iv.end',
  permit: 'staff',
  params: z.object({ invite: z.string().min(1) }),
  async run(call, { invite }) {
    await call.app.invites.end(call.actor, invite, call.now)
    return { kind: 'update', message: await page(call, 0) }
  },
})

export const nameForm = defineForm({
  id: 'iv.name',
  title: t('invites.name'),
  readers: t('invites.readers'),
  permit: 'staff',
  params: z.object({}),
  fields: { person: f.person(t('invites.person')) },
  async run(call, { person: user }) {
    const { workspace, platform } = call.visitor
    if (workspace === undefined) throw new Refusal(t('people.no-program.direct'))
    await call.app.invites.invite(call.actor, { platform, workspace, user }, call.now)
    return page(call, 0, t('invites.named'))
  },
})
