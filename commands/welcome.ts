// The first five minutes: what this is, a consent, and four short steps that can each be skipped.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { consentText } from '../src/care/members/consent.ts'
import type { Person, Program, WelcomeStep } from '../src/care/members/ports.ts'
import { zonesLike } from '../src/care/members/zones.ts'
import { everyDay } from '../src/care/prompts/cron.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, say, small, type Message, type Reply } from '../src/kit/reply.ts'
import { languageOf, t } from '../src/words/text.ts'
import { Refusal } from '../src/words/refusal.ts'
import { checkInForm } from './checkin.ts'
import { mayAlertStaff } from './mydata.ts'
import { helpNowHere } from './help-now.ts'
import { setupForm } from './setup.ts'
import { audienceWords } from './words/answers.ts'
import { clockTime } from './words/times.ts'

type Meeting = Call<App, Person | undefined>
const stepOrder: readonly WelcomeStep[] = ['zone', 'language', 'prompt', 'audience', 'done']
const none = z.object({})
const codeField = f.text(t('invites.code'), { max: 20, hint: t('invites.code.hint') })

/** What anyone hears who tries what members do and is not one, or not any more, or not in today's words. */
export async function welcome(call: Meeting, invite?: string): Promise<Reply> {
  const { app, actor, visitor } = call
  const program = actor?.program ?? (await app.members.programHere(visitor.platform, visitor.workspace))
  if (!program) {
    return visitor.managesWorkspace
      ? say(
          t('people.no-program.manager'),
          button(t('people.setup.title'), setupForm, {}, 'main'),
          button(t('help.now.button'), helpNowHere, {}),
        )
      : say(
          t(visitor.workspace === undefined ? 'people.no-program.direct' : 'people.no-program'),
          button(t('help.now.button'), helpNowHere, {}, 'main'),
        )
  }
  if (!actor && program.gate === 'code' && invite === undefined) return gate(program)
  return say(
    heading(t('people.welcome.title', { program: program.name })),
    ...(actor && actor.consented !== null && actor.consented !== consentText.version
      ? [t('people.welcome.changed')]
      : []),
    consentText.text,
    small(consentText.review),
    button(t('people.welcome.agree'), agree, { invite }, 'main'),
    button(t('people.welcome.not-now'), notNow, {}),
    button(t('help.now.button'), helpNowHere, {}),
    small(t('people.welcome.version', { version: consentText.version })),
  )
}

export const start = defineCommand({
  name: 'start',
  title: t('people.start.command.title'),
  description: t('people.start.command.about'),
  permit: 'anyone',
  options: { code: f.optional(codeField) },
  async run(call, { code }) {
    if (code !== undefined) return byCode(call, code)
    return call.actor?.roles.includes('member') ? stepMessage(call.actor, 'zone', call.now) : welcome(call)
  },
})

/** The door of a program that is not open to its whole workspace. */
const gate = (program: Program): Message =>
  say(
    heading(t('people.welcome.title', { program: program.name })),
    t('invites.gate'),
    button(t('invites.type'), codeForm, {}, 'main'),
    button(t('help.now.button'), helpNowHere, {}),
    small(t('help.readers')),
  )

async function byCode(call: Meeting, code: string): Promise<Reply> {
  const { app, actor, visitor, now } = call
  const program = actor?.program ?? (await app.members.programHere(visitor.platform, visitor.workspace))
  if (!program) throw new Refusal(t('people.no-program'))
  const invite = await app.invites.find(program.id, code, now)
  if (!actor?.roles.some((role) => role === 'member' || role === 'alum')) return welcome(call, invite.id)
  if (invite.groupId === null) return say(t('invites.inside'))
  await app.invites.use(invite, now)
  return say(seatWords(await app.invites.seat(invite, visitor.user, now)))
}

const seatWords = (refused: Refusal | undefined) =>
  refused ? t('invites.no-seat', { why: refused.text }) : t('invites.seat')

export const codeForm = defineForm({
  id: 'in.code',
  title: t('invites.type'),
  readers: t('help.readers'),
  permit: 'anyone',
  params: none,
  fields: { code: codeField },
  run: (call, { code }) => byCode(call, code),
})

export const comeIn = defineAction({
  id: 'in.come',
  permit: 'anyone',
  params: none,
  run: (call) => welcome(call),
})

/** To somebody whom staff invited by name. */
export const invited = defineNotice({
  id: 'invited',
  permit: 'anyone',
  params: none,
  render: ({ actor }) =>
    actor &&
    say(
      t('invites.invited', { program: actor.program.name }),
      button(t('invites.look'), comeIn, {}, 'main'),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('help.readers')),
    ),
})

export const agree = defineAction({
  id: 'in.agree',
  permit: 'anyone',
  params: z.object({ invite: z.string().optional() }),
  async run({ app, actor, visitor, now }, { invite: id }) {
    const workspace = visitor.workspace
    const program = actor?.program ?? (await app.members.programHere(visitor.platform, workspace))
    if (!program) throw new Refusal(t('people.no-program'))
    const language =
      actor?.language ?? (visitor.locale === undefined ? program.language : languageOf(visitor.locale))
    const invite = id === undefined ? undefined : await app.invites.again(program.id, id, now)
    const account = { platform: visitor.platform, workspace: workspace ?? '', user: visitor.user }
    const person = actor
      ? await app.members.rejoin(actor, language, visitor.platform, now)
      : await app.members.join(
          { account, name: visitor.name, zone: visitor.zone },
          program,
          language,
          now,
          invite?.id,
        )
    if (invite) await app.invites.seat(invite, visitor.user, now)
    return { kind: 'update', message: stepMessage(person, 'zone', now) }
  },
})

export const notNow = defineAction({
  id: 'in.not-now',
  permit: 'anyone',
  params: none,
  run: () => ({
    kind: 'update',
    message: say(t('people.welcome.later'), button(t('help.now.button'), helpNowHere, {})),
  }),
})

const after = (step: WelcomeStep): WelcomeStep => stepOrder[stepOrder.indexOf(step) + 1] ?? 'done'

/** Remembers how far the person is and shows the next step in the place of this one. */
async function onward({ app, actor, now }: Call<App, Person>, step: WelcomeStep): Promise<Reply> {
  const next = after(step)
  await app.members.change(actor, { welcomeStep: next })
  const person = (await app.members.now(actor)) ?? actor
  return { kind: 'update', message: stepMessage(person, next, now) }
}

function stepMessage(person: Person, step: WelcomeStep, now: Date): Message {
  const count = small(t('people.step', { number: stepOrder.indexOf(step) + 1, of: stepOrder.length - 1 }))
  const skipIt = button(t('people.skip'), next, { step })
  switch (step) {
    case 'zone':
      return say(
        count,
        t('people.zone.ask', { zone: person.zone, now: clockTime(now, person.zone) }),
        button(t('people.zone.right'), next, { step }, 'main'),
        button(t('people.zone.change'), zoneForm, { step: 'zone' }),
        skipIt,
      )
    case 'language':
      return say(
        count,
        t('people.language.ask'),
        button({ en: 'English', es: 'English' }, speak, { language: 'en' }),
        button({ en: 'Español', es: 'Español' }, speak, { language: 'es' }),
        skipIt,
      )
    case 'prompt':
      return say(
        count,
        t('people.prompt.ask'),
        button(t('people.prompt.at', { time: person.program.promptTime }), askAt, {}, 'main'),
        button(t('people.prompt.other'), promptForm, {}),
        button(t('people.prompt.never'), next, { step }),
      )
    case 'audience':
      return say(
        count,
        t('people.audience.ask'),
        ...(['me', 'facilitator', ...(person.program.group ? (['group'] as const) : [])] as const).map(
          (one) => button(audienceWords(one), seenBy, { audience: one }, one === 'me' ? 'main' : 'plain'),
        ),
        skipIt,
      )
    case 'done':
      return say(
        heading(t('people.done.title')),
        t('people.done.text'),
        button(t('checkins.open'), checkInForm, { ci: `first-${person.personId}` }, 'main'),
        button(t('help.now.button'), helpNowHere, {}),
        t('safety.alone.ask'),
        button(t('safety.alone.yes'), mayAlertStaff, { may: 'y' }),
        small(t('safety.alone.is-no')),
        small(t('help.readers')),
      )
  }
}

export const next = defineAction({
  id: 'in.next',
  permit: 'member',
  params: z.object({ step: z.enum(['zone', 'language', 'prompt', 'audience', 'done']) }),
  run: (call, { step }) => onward(call, step),
})

export const zoneForm = defineForm({
  id: 'in.zone',
  title: t('people.zone.label'),
  readers: t('help.readers'),
  permit: 'member',
  params: z.object({ step: z.string() }),
  fields: { zone: f.text(t('people.zone.label'), { hint: t('people.zone.hint'), search: true, max: 60 }) },
  suggest: (_call, _field, typed) => zonesLike(typed).map((zone) => ({ value: zone, label: zone })),
  async run(call, { zone }, { step }) {
    const known = await call.app.members.setZone(call.actor, zone, call.now)
    return step === 'zone' ? onward(call, 'zone') : say(t('people.zone.set', { zone: known }))
  },
})

export const speak = defineAction({
  id: 'in.speak',
  permit: 'member',
  params: z.object({ language: z.enum(['en', 'es']) }),
  async run(call, { language }) {
    await call.app.members.change(call.actor, { language })
    return onward(call, 'language')
  },
})

/** One check-in schedule from the first minutes, whichever button is pressed and however often. */
const firstPrompt = ({ actor }: Call<App, Person>): string => `ask-${actor.personId}`.slice(0, 26)

export const askAt = defineAction({
  id: 'in.ask',
  permit: 'member',
  params: none,
  async run(call) {
    const time = call.actor.program.promptTime
    await call.app.reminders.add(call.actor, { id: firstPrompt(call), time, days: everyDay }, call.now)
    return onward(call, 'prompt')
  },
})

export const promptForm = defineForm({
  id: 'in.prompt',
  title: t('reminders.add.check-in'),
  readers: t('help.readers'),
  permit: 'member',
  params: none,
  fields: { time: f.time(t('reminders.time.label'), { hint: t('reminders.time.hint') }) },
  async run(call, { time }) {
    await call.app.reminders.add(call.actor, { id: firstPrompt(call), time, days: everyDay }, call.now)
    return onward(call, 'prompt')
  },
})

export const seenBy = defineAction({
  id: 'in.audience',
  permit: 'member',
  params: z.object({ audience: z.enum(['me', 'facilitator', 'group']) }),
  async run(call, { audience }) {
    await call.app.members.change(call.actor, { defaultAudience: audience })
    return onward(call, 'audience')
  },
})
