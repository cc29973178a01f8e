// /buddies: open to it or not, the questions to answer, the buddy one has, and how the week went for each.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Buddy } from '../src/care/buddies/buddies.ts'
import { weeks } from '../src/care/buddies/check-ins.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import {
  button,
  heading,
  pick,
  quote,
  say,
  small,
  update,
  type Message,
  type Part,
} from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { buddiesDoor, buddyDoor, buddyQuestionDoor, buddyReaders, onPair } from './words/buddy-doors.ts'
import { askDoor, skillsDoor } from './words/doors.ts'
import { groupsDoor, onGroup } from './words/group-doors.ts'
import { nameWords } from './words/names.ts'

type Asking = Call<App, Person>
/** Discord's menus hold as many. */
const perMenu = 25
const back = button(t('buddies.back'), buddiesDoor, {})
const help = button(t('help.now.button'), helpNowHere, {})

const questionParts = ({ pair, person, group }: Buddy): readonly Part[] => {
  const name = nameWords(person.name)
  return [
    t('buddies.question', { name, group: group.name }),
    button(t('buddies.yes', { name }), answerBuddy, { pair: pair.id, yes: 'y' }, 'main'),
    button(t('buddies.no'), answerBuddy, { pair: pair.id, yes: 'n' }),
  ]
}

async function pairParts({ app, actor, now }: Asking, found: Buddy): Promise<readonly Part[]> {
  const { pair, person, group } = found
  const name = nameWords(person.name)
  const { own, bothDid, theyShare } = await app.buddyCheckIns.week(actor, found, now)
  const on = { pair: pair.id }
  return [
    t('buddies.pair', { name, group: group.name }),
    t(bothDid ? 'buddies.week.both' : own ? 'buddies.week.did' : 'buddies.week.open'),
    ...(bothDid ? [t(theyShare ? 'buddies.week.shares' : 'buddies.week.not-shared', { name })] : []),
    ...(theyShare ? [button(t('buddies.read', { name }), readBuddy, on, 'main')] : []),
    button(
      t(own ? 'buddies.check.again' : 'buddies.check'),
      weekForm,
      { ...on, bc: app.newId() },
      own ? 'plain' : 'main',
    ),
    button(t('buddies.end'), endBuddy, on, 'careful'),
  ]
}

async function openings({ app, actor }: Asking): Promise<readonly Part[]> {
  const groups = await app.buddies.groupsOf(actor)
  if (groups.length === 0) return [t('buddies.no-group'), button(t('groups.title'), groupsDoor, {})]
  return groups.flatMap(({ group: { id, name }, isOpen }) => [
    t(isOpen ? 'buddies.group.open' : 'buddies.group.closed', { name }),
    ...(isOpen ? [button(t('buddies.look', { name }), lookForBuddy, { group: id }, 'main')] : []),
    button(t(isOpen ? 'buddies.close' : 'buddies.open', { name }), openToBuddy, {
      group: id,
      open: isOpen ? 'n' : 'y',
    }),
  ])
}

async function page(call: Asking): Promise<Message> {
  const { buddies, questions } = await call.app.buddies.mine(call.actor, call.now)
  const pairs = await Promise.all(buddies.map((one) => pairParts(call, one)))
  return say(
    heading(t('buddies.title')),
    t('buddies.about'),
    ...pairs.flat(),
    ...questions.flatMap(questionParts),
    ...(buddies.length === 0 ? [t('buddies.none'), ...(await openings(call))] : []),
    help,
    buddyReaders,
  )
}

export const buddies = defineCommand({
  name: 'buddies',
  title: t('buddies.command.title'),
  description: t('buddies.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {},
  run: page,
})

export const openBuddies = defineAction({
  ...buddiesDoor,
  permit: 'member',
  run: async (call) => ({ kind: 'update', message: await page(call) }),
})

export const openToBuddy = defineAction({
  id: 'bu.open',
  permit: 'member',
  params: onGroup.extend({ open: z.enum(['y', 'n']) }),
  async run(call, { group, open }) {
    await call.app.buddies.setOpen(call.actor, group, open === 'y', call.now)
    return { kind: 'update', message: await page(call) }
  },
})

export const lookForBuddy = defineAction({
  id: 'bu.look',
  permit: 'member',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group, persons } = await app.buddies.openTo(actor, params.group)
    return update(
      heading(t('buddies.open.title', { name: group.name })),
      ...(persons.length === 0
        ? [t('buddies.open.nobody')]
        : [
            t('buddies.open.about'),
            pick(
              t('buddies.open.choose'),
              askBuddy,
              params,
              persons
                .slice(0, perMenu)
                .map(({ personId, name }) => ({ value: personId, label: nameWords(name) })),
            ),
          ]),
      back,
      buddyReaders,
    )
  },
})

export const askBuddy = defineAction({
  id: 'bu.who',
  permit: 'member',
  params: onGroup,
  async run({ app, actor, now }, { group }, chosen) {
    if (chosen === undefined) throw new Refusal(t('kit.problem.choice'))
    await app.buddies.ask(actor, group, chosen, now)
    return update(t('buddies.said'), back, buddyReaders)
  },
})

export const buddyQuestion = defineAction({
  ...buddyQuestionDoor,
  permit: 'member',
  async run({ app, actor, now }, { pair }) {
    return update(...questionParts(await app.buddies.question(actor, pair, now)), back, buddyReaders)
  },
})

export const answerBuddy = defineAction({
  id: 'bu.answer',
  permit: 'member',
  params: onPair.extend({ yes: z.enum(['y', 'n']) }),
  async run({ app, actor, now }, { pair, yes }) {
    await app.buddies.answer(actor, pair, yes === 'y', now)
    return update(t(yes === 'y' ? 'buddies.said' : 'buddies.said.no'), back, buddyReaders)
  },
})

export const seeBuddy = defineAction({
  ...buddyDoor,
  permit: 'member',
  async run(call, { pair }) {
    const found = await call.app.buddies.buddy(call.actor, pair)
    return update(heading(t('buddies.title')), ...(await pairParts(call, found)), back, help, buddyReaders)
  },
})

export const weekForm = defineForm({
  id: 'bu.week',
  title: t('buddies.check'),
  readers: t('buddies.check.form.readers'),
  permit: 'member',
  params: onPair.extend({ bc: z.string().min(1) }),
  fields: {
    went: f.choice(
      t('buddies.check.went'),
      weeks.map((value) => ({ value, label: t(`buddies.went.${value}`) })),
    ),
    words: f.optional(f.paragraph(t('buddies.check.words'), { max: 1000 })),
    share: f.choice(t('buddies.check.share'), [
      { value: 'did', label: t('buddies.share.did') },
      { value: 'all', label: t('buddies.share.all') },
    ]),
  },
  hears: ({ share }) => (share === 'all' ? 'group' : 'private'),
  async run(call, { went: said, words, share }, { pair, bc: id }) {
    const went = weeks.find((one) => one === said) ?? 'mixed'
    const { app, actor, now } = call
    await app.buddyCheckIns.record(actor, pair, { id, went, words, share: share === 'all' }, now)
    return say(
      t('buddies.checked'),
      ...(went === 'hard'
        ? [
            t('buddies.hard'),
            help,
            button(t('skills.find'), skillsDoor, {}),
            button(t('cases.ask.title'), askDoor, {}),
          ]
        : []),
      ...(await pairParts(call, await app.buddies.buddy(actor, pair))),
      buddyReaders,
    )
  },
})

export const readBuddy = defineAction({
  id: 'bu.read',
  permit: 'member',
  params: onPair,
  async run({ app, actor, now }, { pair }) {
    const { person, check } = await app.buddyCheckIns.read(actor, pair, now)
    const name = nameWords(person.name)
    const { went, words } = check.body
    return say(
      t('buddies.reading', { name, went: t(`buddies.went.${went}`) }),
      ...(words === undefined ? [] : [quote(words)]),
      back,
      button(t('cases.ask.title'), askDoor, {}),
      help,
      small(t('buddies.reading.readers', { name })),
    )
  },
})

export const endBuddy = defineAction({
  id: 'bu.end',
  permit: 'member',
  params: onPair,
  async run({ app, actor }, params) {
    const { person } = await app.buddies.buddy(actor, params.pair)
    return update(
      t('buddies.end.sure', { name: nameWords(person.name) }),
      button(t('buddies.end.yes'), endBuddyNow, params, 'careful'),
      back,
      buddyReaders,
    )
  },
})

export const endBuddyNow = defineAction({
  id: 'bu.ended',
  permit: 'member',
  params: onPair,
  async run({ app, actor, now }, { pair }) {
    await app.buddies.end(actor, pair, now)
    return update(t('buddies.ended'), back, help, buddyReaders)
  },
})
