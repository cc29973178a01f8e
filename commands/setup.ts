// /setup: an admin makes the program and changes how it runs.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { allQuestions, questionsOf } from '../src/care/checkins/questions.ts'
import type { Law, Person, Role } from '../src/care/members/ports.ts'
import type { ProgramForm } from '../src/care/members/programs.ts'
import { zonesLike } from '../src/care/members/zones.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import {
  button,
  heading,
  list,
  say,
  sayInRoom,
  small,
  update,
  type Message,
  type Part,
  type Update,
} from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import { countriesLike, countryCalled, countryName } from './words/countries.ts'
import { showLines } from './lines.ts'
import { showDaysKept } from './retention.ts'

const none = z.object({})
const laws = ['hipaa', 'part2', 'gdpr', 'other', 'unsure'] as const satisfies readonly Law[]
const lawNamed = (value: string): Law => laws.find((one) => one === value) ?? 'unsure'

const fields = {
  name: f.text(t('people.setup.name'), { max: 80, hint: t('people.setup.name.hint') }),
  country: f.text(t('people.country.label'), { hint: t('people.country.hint'), search: true, max: 60 }),
  law: f.choice(
    t('people.setup.law'),
    laws.map((value) => ({ value, label: t(`people.setup.law.${value}`) })),
    { hint: t('people.setup.law.hint') },
  ),
  language: f.choice(
    t('people.language.label'),
    (['en', 'es'] as const).map((value) => ({ value, label: t(`people.language.${value}`) })),
  ),
  zone: f.text(t('people.zone.label'), { hint: t('people.zone.hint'), search: true, max: 60 }),
  time: f.time(t('people.setup.time'), { hint: t('reminders.time.hint') }),
  facilitators: f.optional(
    f.people(t('people.setup.facilitators'), { hint: t('people.setup.facilitators.hint') }),
  ),
}

const suggest = (call: Call<App, Person | undefined>, field: string, typed: string): readonly f.Choice[] =>
  field === 'country'
    ? countriesLike(typed, call.language)
    : zonesLike(typed).map((zone) => ({ value: zone, label: zone }))

type Asking = Call<App, Person | undefined>
/** Before there is a program the platform's word is enough, once; after that only an admin of it. */
async function admitted({ app, actor, visitor }: Asking): Promise<Person | undefined> {
  if (actor?.roles.includes('admin')) return actor
  if (actor || (await app.members.programHere(visitor.platform, visitor.workspace)))
    throw new Refusal(t('kit.permit.admin'))
  if (visitor.workspace === undefined) throw new Refusal(t('people.no-program.direct'))
  if (!visitor.managesWorkspace) throw new Refusal(t('people.setup.manager'))
  return undefined
}

export const setupForm = defineForm({
  id: 'setup',
  title: t('people.setup.title'),
  readers: t('people.setup.readers'),
  permit: 'anyone',
  params: none,
  fields,
  suggest,
  async run(call, { name, country, law, language, zone, time, facilitators }) {
    const { app, visitor, now } = call
    const admin = await admitted(call)
    const form: ProgramForm = {
      name,
      country: countryCalled(country),
      law: lawNamed(law),
      language: language === 'es' ? 'es' : 'en',
      zone,
      promptTime: time,
    }
    const workspace = visitor.workspace ?? ''
    if (admin) await app.programs.change(admin, form)
    else
      await app.programs.create(
        form,
        {
          account: { platform: visitor.platform, workspace, user: visitor.user },
          name: visitor.name,
          zone: visitor.zone,
        },
        now,
      )
    const person = await app.directory.find(visitor, undefined, true)
    if (!person) throw new Refusal(t('kit.stale'))
    if (facilitators && workspace !== '')
      await app.programs.nameFacilitators(person, visitor.platform, workspace, facilitators, now)
    return card({ ...call, actor: person }, t(admin ? 'people.setup.changed' : 'people.setup.made'))
  },
})

function card({ app, actor, now, visitor }: Call<App, Person>, ...first: readonly Part[]): Message {
  const { program } = actor
  const stale = app.lines.stale(actor, app.when.localDay(now, actor.zone)).length
  return say(
    ...first,
    heading(t('people.setup.card', { program: program.name })),
    list([
      t('people.settings.country', { country: countryName(program.country) }),
      t('people.settings.language', { language: t(`people.language.${program.language}`) }),
      t('people.settings.zone', { zone: program.zone }),
      t('people.setup.time-is', { time: program.promptTime }),
      t('people.setup.law-is', { law: t(`people.setup.law.${program.law}`) }),
      t('people.setup.questions-are', {
        questions: questionsOf(program.questions)
          .map(({ id }) => id)
          .join(', '),
      }),
      program.group ? t('people.setup.group-is') : t('people.setup.no-group'),
    ]),
    t(`people.setup.law-means.${program.law === 'part2' || program.law === 'hipaa' ? 'us' : 'any'}`),
    ...(visitor.platform === 'discord' ? [t('people.setup.discord-terms')] : []),
    ...(stale > 0 ? [t('help.lines.stale', { count: stale })] : []),
    button(t('people.setup.edit'), editProgram, {}),
    button(t('people.setup.questions'), editQuestions, {}),
    button(t('people.setup.facilitators'), facilitatorsForm, {}),
    button(t('people.roles.title'), rolesForm, {}),
    button(t('people.setup.group'), groupForm, {}),
    button(t('people.setup.test'), sendTest, {}),
    button(t('retention.title'), showDaysKept, {}),
    button(t('help.lines.look'), showLines, {}, stale > 0 ? 'main' : 'plain'),
    small(t('people.setup.card-readers')),
  )
}

export const setup = defineCommand({
  name: 'setup',
  title: t('people.setup.command.title'),
  description: t('people.setup.command.about'),
  permit: 'anyone',
  options: {},
  async run(call) {
    const admin = await admitted(call)
    if (admin) return card({ ...call, actor: admin })
    const zone = call.visitor.zone
    return open(
      setupForm,
      undefined,
      {},
      { language: call.language, time: '09:00', ...(zone !== undefined && { zone }) },
    )
  },
})

export const editProgram = defineAction({
  id: 'setup.edit',
  permit: 'admin',
  params: none,
  run({ actor }) {
    const { name, country, law, language, zone, promptTime } = actor.program
    return open(setupForm, actor, {}, { name, country, law, language, zone, time: promptTime })
  },
})

export const editQuestions = defineAction({
  id: 'setup.questions',
  permit: 'admin',
  params: none,
  run: ({ actor }) =>
    open(
      questionsForm,
      actor,
      {},
      {
        questions: questionsOf(actor.program.questions)
          .map(({ id }) => id)
          .join(', '),
      },
    ),
})

const again = async (call: Call<App, Person>): Promise<Message> =>
  card({ ...call, actor: (await call.app.members.now(call.actor)) ?? call.actor }, t('people.setup.changed'))

export const questionsForm = defineForm({
  id: 'setup.ask',
  title: t('people.setup.questions'),
  readers: t('people.setup.readers'),
  permit: 'admin',
  params: none,
  fields: {
    questions: f.text(t('people.setup.questions.label'), {
      max: 200,
      hint: t('people.setup.questions.hint', { all: allQuestions.map(({ id }) => id).join(', ') }),
    }),
  },
  async run(call, { questions }) {
    await call.app.programs.chooseQuestions(
      call.actor,
      questions
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    return again(call)
  },
})

export const facilitatorsForm = defineForm({
  id: 'setup.who',
  title: t('people.setup.facilitators'),
  readers: t('people.setup.readers'),
  permit: 'admin',
  params: none,
  fields: {
    facilitators: f.people(t('people.setup.facilitators'), { hint: t('people.setup.facilitators.hint') }),
  },
  async run(call, { facilitators }) {
    const { workspace, platform } = call.visitor
    if (workspace === undefined) throw new Refusal(t('people.no-program.direct'))
    await call.app.programs.nameFacilitators(call.actor, platform, workspace, facilitators, call.now)
    return again(call)
  },
})

const stateWords = (state: 'waiting' | 'sent' | 'unreached' | 'expired' | 'dead') =>
  t(state === 'sent' ? 'people.setup.test.sent-state' : `people.setup.test.${state}`)

export const testMessage = defineNotice({
  id: 'test-message',
  permit: 'anyone',
  params: none,
  render: () => sayInRoom(t('people.setup.test.message')),
})

export const sendTest = defineAction({
  id: 'setup.test',
  permit: 'admin',
  params: none,
  async run({ app, actor, now }) {
    const { direct, room } = await app.programs.sendTest(actor, now)
    return say(
      t('people.setup.test.sent'),
      button(t('people.setup.test.look'), seeTest, { direct, room }, 'main'),
    )
  },
})

export const seeTest = defineAction({
  id: 'setup.tested',
  permit: 'admin',
  params: z.object({ direct: z.string(), room: z.string().optional() }),
  async run({ app, actor }, { direct, room }): Promise<Update> {
    const [mine, there] = await Promise.all([
      app.programs.testState(actor, direct),
      room === undefined ? undefined : app.programs.testState(actor, room),
    ])
    if (mine === undefined) throw new Refusal(t('kit.stale'))
    return update(
      t('people.setup.test.direct', { state: stateWords(mine) }),
      ...(there ? [t('people.setup.test.room', { state: stateWords(there) })] : []),
      ...(mine === 'waiting' || there === 'waiting'
        ? [button(t('people.setup.test.look'), seeTest, { direct, room }, 'main')]
        : []),
    )
  },
})

const roles = ['facilitator', 'peer-lead', 'alum', 'admin'] as const satisfies readonly Role[]

export const rolesForm = defineForm({
  id: 'setup.role',
  title: t('people.roles.title'),
  readers: t('people.setup.readers'),
  permit: 'admin',
  params: none,
  fields: {
    person: f.person(t('people.roles.person')),
    role: f.choice(
      t('people.roles.role'),
      roles.map((value) => ({ value, label: t(`people.role.${value}`) })),
    ),
    change: f.choice(
      t('people.roles.change'),
      (['give', 'take'] as const).map((value) => ({ value, label: t(`people.roles.${value}`) })),
    ),
  },
  async run(call, { person: user, role: named, change }) {
    const { workspace, platform } = call.visitor
    if (workspace === undefined) throw new Refusal(t('people.no-program.direct'))
    const role = roles.find((one) => one === named)
    if (!role) throw new Refusal(t('kit.problem.choice'), 'role')
    const way = change === 'take' ? 'take' : 'give'
    await call.app.programs.setRole(call.actor, { platform, workspace, user }, role, way, call.now)
    return again(call)
  },
})

export const groupForm = defineForm({
  id: 'setup.room',
  title: t('people.setup.group'),
  readers: t('people.setup.readers'),
  permit: 'admin',
  params: none,
  fields: { room: f.room(t('people.setup.group'), { hint: t('people.setup.group.hint') }) },
  async run(call, { room }) {
    const { workspace, platform } = call.visitor
    if (workspace === undefined) throw new Refusal(t('people.no-program.direct'))
    await call.app.programs.setGroup(call.actor, platform, workspace, room)
    return again(call)
  },
})
