// /settings: zone, language, country, quiet hours and who sees a check-in by default.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { zonesLike } from '../src/care/members/zones.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, list, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { zoneForm } from './welcome.ts'
import { audienceWords } from './words/answers.ts'
import { quietFields, quietFrom } from './words/quiet.ts'
import { countriesLike, countryCalled, countryName } from './words/countries.ts'

const none = z.object({})

function card({ actor }: Call<App, Person>, ...first: readonly Part[]): Message {
  return say(
    ...first,
    heading(t('people.settings.title')),
    list([
      t('people.settings.zone', { zone: actor.zone }),
      t('people.settings.language', { language: t(`people.language.${actor.language}`) }),
      t('people.settings.country', { country: countryName(actor.country) }),
      actor.quiet
        ? t('people.settings.quiet', { from: actor.quiet.from, to: actor.quiet.to })
        : t('people.settings.no-quiet'),
      t('people.settings.audience', { audience: audienceWords(actor.defaultAudience) }),
      t(actor.discreet ? 'privacy.discreet.is-on' : 'privacy.discreet.is-off'),
    ]),
    button(t('people.zone.change'), zoneForm, { step: 'settings' }),
    button(t('people.quiet.change'), quietForm, {}),
    button(t('people.country.change'), countryForm, {}),
    button(t('people.more.change'), moreForm, {}),
    button(t(actor.discreet ? 'privacy.discreet.off' : 'privacy.discreet.on'), switchDiscreet, {
      to: actor.discreet ? 'off' : 'on',
    }),
    small(t('help.readers')),
  )
}

/** The card as it is after a change. */
async function changed(
  call: Call<App, Person>,
  changes: Parameters<App['members']['change']>[1],
): Promise<Message> {
  await call.app.members.change(call.actor, changes)
  const actor = (await call.app.members.now(call.actor)) ?? call.actor
  return card({ ...call, actor }, t('people.settings.changed'))
}

export const settings = defineCommand({
  name: 'settings',
  title: t('people.settings.command.title'),
  description: t('people.settings.command.about'),
  permit: 'known',
  options: {
    zone: f.optional(f.text(t('people.zone.label'), { hint: t('people.zone.hint'), search: true, max: 60 })),
  },
  suggest: (_call, _field, typed) => zonesLike(typed).map((zone) => ({ value: zone, label: zone })),
  async run(call, { zone }) {
    if (zone === undefined) return card(call)
    await call.app.members.setZone(call.actor, zone, call.now)
    return changed(call, {})
  },
})

export const switchDiscreet = defineAction({
  id: 'set.discreet',
  permit: 'known',
  params: z.object({ to: z.enum(['on', 'off']) }),
  run: (call, { to }) => changed(call, { discreet: to === 'on' }),
})

export const quietForm = defineForm({
  id: 'set.quiet',
  title: t('people.quiet.title'),
  readers: t('help.readers'),
  permit: 'known',
  params: none,
  fields: quietFields,
  run: (call, said) => changed(call, { quiet: quietFrom(said) ?? null }),
})

export const countryForm = defineForm({
  id: 'set.country',
  title: t('people.country.change'),
  readers: t('help.readers'),
  permit: 'known',
  params: none,
  fields: {
    country: f.text(t('people.country.label'), { hint: t('people.country.hint'), search: true, max: 60 }),
  },
  suggest: (call, _field, typed) => countriesLike(typed, call.language),
  async run(call, { country }) {
    return changed(call, { country: countryCalled(country) })
  },
})

export const moreForm = defineForm({
  id: 'set.more',
  title: t('people.more.change'),
  readers: t('help.readers'),
  permit: 'known',
  params: none,
  fields: {
    language: f.optional(
      f.choice(
        t('people.language.label'),
        (['en', 'es'] as const).map((value) => ({ value, label: t(`people.language.${value}`) })),
      ),
    ),
    audience: f.optional(
      f.choice(
        t('people.settings.audience.label'),
        (['me', 'facilitator', 'group'] as const).map((value) => ({ value, label: audienceWords(value) })),
      ),
    ),
  },
  async run(call, { language, audience }) {
    return changed(call, {
      ...((language === 'en' || language === 'es') && { language }),
      ...((audience === 'me' || audience === 'facilitator' || audience === 'group') && {
        defaultAudience: audience,
      }),
    })
  },
})

export const openSettings = defineAction({
  id: 'set.open',
  permit: 'known',
  params: none,
  run: (call) => card(call),
})
