// For facilitators and admins: making a group, changing it, its agreement, a pause and its end.
import { defineAction, defineForm } from '../src/bot.ts'
import { fewest, most, usual, type GroupSettings } from '../src/care/groups/making.ts'
import type { Group } from '../src/care/groups/ports.ts'
import { groupKinds } from '../src/care/journal/content.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, say, update } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t, type Text } from '../src/words/text.ts'
import {
  backToGroup,
  groupDoor,
  groupPeopleDoor,
  groupsDoor,
  leaderReaders,
  onGroup,
} from './words/group-doors.ts'
import { quietFields, quietFrom } from './words/quiet.ts'

const agreementLength = 3000
const settings = {
  name: f.text(t('groups.form.name'), { max: 60, hint: t('groups.form.name.hint') }),
  kind: f.choice(
    t('groups.form.kind'),
    groupKinds.map((value) => ({ value, label: t(`journal.kind.${value}`) })),
  ),
  openness: f.choice(
    t('groups.form.openness'),
    (['open', 'closed'] as const).map((value) => ({ value, label: t(`groups.openness.${value}`) })),
  ),
  capacity: f.whole(t('groups.form.capacity'), {
    min: fewest,
    max: most,
    hint: t('groups.form.capacity.hint'),
  }),
} as const
const zone = f.optional(f.text(t('groups.form.zone'), { max: 60, hint: t('groups.form.zone.hint') }))
const agreement = f.optional(
  f.paragraph(t('groups.form.agreement'), { max: agreementLength, hint: t('groups.form.agreement.hint') }),
)

type Said = {
  readonly name: string
  readonly kind: string
  readonly openness: string
  readonly capacity: number
  readonly zone: string | undefined
}
const settingsFrom = ({ name, kind, openness, capacity, zone: typed }: Said): GroupSettings => ({
  name,
  kind: groupKinds.find((one) => one === kind) ?? 'support',
  openness: openness === 'closed' ? 'closed' : 'open',
  capacity,
  zone: typed,
})

export const newGroup = defineAction({
  id: 'gr.new',
  permit: 'staff',
  params: groupsDoor.params,
  run({ app, actor, visitor }) {
    // Before anything is typed: a direct message that names no server cannot hold a room.
    if (visitor.workspace === undefined) throw new Refusal(t('groups.new.where'))
    return open(makeForm, actor, { group: app.newId() }, { capacity: usual })
  },
})

export const makeForm = defineForm({
  id: 'gr.make',
  title: t('groups.new'),
  readers: t('groups.form.readers'),
  permit: 'staff',
  hears: 'group',
  params: onGroup,
  fields: {
    ...settings,
    age: f.choice(
      t('groups.form.band'),
      (['adult', 'teen'] as const).map((value) => ({ value, label: t(`groups.band.${value}.choice`) })),
      { hint: t('groups.form.band.hint') },
    ),
    phase: f.choice(
      t('groups.form.phase'),
      (['program', 'alumni'] as const).map((value) => ({ value, label: t(`groups.for.${value}.choice`) })),
    ),
    zone,
    host: f.optional(f.person(t('groups.form.host'), { hint: t('groups.form.host.hint') })),
    facilitators: f.optional(
      f.people(t('groups.form.facilitators'), { hint: t('groups.form.facilitators.hint') }),
    ),
    agreement,
  },
  async run({ app, actor, visitor, now }, said, { group: id }) {
    const { platform, workspace } = visitor
    if (workspace === undefined) throw new Refusal(t('groups.new.where'))
    const { name } = await app.groups.make(
      actor,
      {
        ...settingsFrom(said),
        id,
        platform,
        workspace,
        phase: said.phase === 'alumni' ? 'alumni' : 'program',
        ageBand: said.age === 'teen' ? 'teen' : 'adult',
        agreement: said.agreement,
        host: said.host,
        facilitators: said.facilitators ?? [],
      },
      now,
    )
    return say(
      t('groups.made', { name }),
      button(t('groups.people'), groupPeopleDoor, { group: id }, 'main'),
      backToGroup(id),
      button(t('groups.back'), groupsDoor, {}),
      leaderReaders,
    )
  },
})

export const changeGroup = defineAction({
  id: 'gr.edit',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group } = await app.groups.led(actor, params.group)
    const { name, kind, openness, capacity } = group
    return open(changeForm, actor, params, {
      name,
      kind,
      openness,
      capacity,
      ...(group.zone !== undefined && { zone: group.zone }),
    })
  },
})

export const changeForm = defineForm({
  id: 'gr.change',
  title: t('groups.change'),
  readers: t('groups.form.readers'),
  permit: 'staff',
  hears: 'group',
  params: onGroup,
  fields: { ...settings, zone },
  async run({ app, actor, now }, said, params) {
    await app.groups.change(actor, params.group, settingsFrom(said), now)
    return say(t('groups.change.done'), backToGroup(params.group), leaderReaders)
  },
})

export const quietOfGroup = defineAction({
  id: 'gr.hush',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    const { quiet } = (await app.groups.led(actor, params.group)).group
    return open(quietForm, actor, params, quiet ? { from: quiet.from, to: quiet.to } : {})
  },
})

export const quietForm = defineForm({
  id: 'gr.quiet',
  title: t('groups.quiet.change'),
  readers: t('groups.quiet.hint'),
  permit: 'staff',
  params: onGroup,
  fields: quietFields,
  async run({ app, actor, now }, said, params) {
    const quiet = quietFrom(said)
    await app.groups.setQuiet(actor, params.group, quiet, now)
    return say(t(quiet ? 'groups.quiet.on' : 'groups.quiet.off'), backToGroup(params.group), leaderReaders)
  },
})

export const editAgreement = defineAction({
  id: 'gr.reword',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group } = await app.groups.led(actor, params.group)
    return open(agreementForm, actor, params, { agreement: group.agreement ?? '' })
  },
})

export const agreementForm = defineForm({
  id: 'gr.terms',
  title: t('groups.agreement.change'),
  readers: t('groups.agreement.change.hint'),
  permit: 'staff',
  hears: 'group',
  params: onGroup,
  fields: { agreement },
  async run({ app, actor, now }, said, params) {
    await app.groups.setAgreement(actor, params.group, said.agreement, now)
    return say(t('groups.agreement.changed'), backToGroup(params.group), leaderReaders)
  },
})

const done = (text: Text, { id }: Pick<Group, 'id'>) =>
  update(text, backToGroup(id), button(t('groups.back'), groupsDoor, {}), leaderReaders)

export const pauseGroup = defineAction({
  id: 'gr.pause',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group } = await app.groups.led(actor, params.group)
    return update(
      t('groups.pause.sure', { name: group.name }),
      button(t('groups.pause.yes'), pauseForSure, params, 'careful'),
      button(t('groups.back.one'), groupDoor, params),
      leaderReaders,
    )
  },
})

export const pauseForSure = defineAction({
  id: 'gr.paused',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor, now }, params) {
    const group = await app.groups.pause(actor, params.group, now)
    return done(t('groups.pause.done', { name: group.name }), group)
  },
})

export const reopenGroup = defineAction({
  id: 'gr.reopen',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor, now }, params) {
    const group = await app.groups.reopen(actor, params.group, now)
    return done(t('groups.reopen.done', { name: group.name }), group)
  },
})

export const archiveGroup = defineAction({
  id: 'gr.end',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group } = await app.groups.led(actor, params.group)
    return update(
      t('groups.archive.sure', { name: group.name }),
      button(t('groups.archive.yes'), archiveForSure, params, 'careful'),
      button(t('groups.back.one'), groupDoor, params),
      leaderReaders,
    )
  },
})

export const archiveForSure = defineAction({
  id: 'gr.ended',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor, now }, params) {
    const group = await app.groups.archive(actor, params.group, now)
    return done(t('groups.archive.done', { name: group.name }), group)
  },
})
