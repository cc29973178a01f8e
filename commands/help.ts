// /help, /home and /privacy: what there is, the few things needed most, and who can see what.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import { consentText } from '../src/care/members/consent.ts'
import { permits, type Permit } from '../src/kit/permit.ts'
import { button, heading, list, say, small, update } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { alumni } from './alumni.ts'
import { ask } from './ask.ts'
import { buddies } from './buddies.ts'
import { cases } from './cases.ts'
import { checkInForm, checkin, passToday } from './checkin.ts'
import { away } from './away.ts'
import { group, listGroups } from './group.ts'
import { helpNow, helpNowHere } from './help-now.ts'
import { pageOfReminders, reminders } from './reminders.ts'
import { history, olderCheckIns } from './history.ts'
import { agenda, myAgenda } from './agenda.ts'
import { journal, openJournal } from './journal.ts'
import { mydata, openMyData } from './mydata.ts'
import { myPlans, plan } from './plan.ts'
import { recovery, showCounters } from './recovery.ts'
import { scaleMenu, scales } from './scales.ts'
import { moreSessions, sessions } from './sessions.ts'
import { slip } from './slip.ts'
import { openUrge, urge } from './urge.ts'
import { lessons } from './lesson.ts'
import { library } from './library.ts'
import { share } from './post.ts'
import { practiceCommand } from './practice.ts'
import { progress, seeWeek } from './progress.ts'
import { roster, rosterPage } from './roster.ts'
import { openSettings, settings } from './settings.ts'
import { setup } from './setup.ts'
import { skill } from './skill.ts'
import { start, welcome } from './welcome.ts'
import { worried } from './worried.ts'
import { alumniDoor } from './words/alumni-doors.ts'
import { meetingsDoor } from './words/meeting-doors.ts'
import { askDoor, casesDoor, libraryDoor, practiceDoor, skillsDoor } from './words/doors.ts'
import { shareDoor } from './words/post-doors.ts'
import { atTime } from './words/times.ts'

const none = z.object({})
type Listed = { readonly name: string; readonly description: Text; readonly permit: Permit }

export const help = defineCommand({
  name: 'help',
  title: t('help.command.title'),
  description: t('help.command.about'),
  permit: 'anyone',
  options: {},
  run({ actor, visitor }) {
    const all: readonly Listed[] = [
      helpNow,
      checkin,
      journal,
      skill,
      urge,
      plan,
      slip,
      recovery,
      agenda,
      sessions,
      group,
      alumni,
      buddies,
      share,
      ask,
      worried,
      scales,
      practiceCommand,
      lessons,
      library,
      progress,
      history,
      reminders,
      away,
      settings,
      mydata,
      privacy,
      cases,
      roster,
      setup,
      start,
    ]
    const may = all.filter((one) => permits(one.permit, actor?.roles ?? []))
    return say(
      heading(t('help.title')),
      list(may.map(({ name, description }) => t('help.entry', { name, about: description }))),
      ...(visitor.platform === 'playground' ? [] : [t('help.words')]),
      button(t('help.now.button'), helpNowHere, {}, 'main'),
      button(t('help.privacy.title'), showPrivacy, {}),
      small(t('help.readers')),
    )
  },
})

export const home = defineCommand({
  name: 'home',
  title: t('help.home.command.title'),
  description: t('help.home.command.about'),
  permit: 'anyone',
  options: {},
  async run(call) {
    const { actor, app } = call
    if (!actor || actor.roles.length === 0) return welcome(call)
    const takesPart = permits('member', actor.roles)
    const ci = app.newId()
    return say(
      heading(actor.name === '' ? t('help.home.title.bare') : t('help.home.title', { name: actor.name })),
      t('help.home.text'),
      ...(actor.roles.includes('facilitator')
        ? [t('help.home.facilitator', { program: actor.program.name })]
        : []),
      ...(actor.roles.includes('admin') ? [t('help.home.admin', { program: actor.program.name })] : []),
      ...(takesPart
        ? [
            button(t('checkins.open'), checkInForm, { ci }, 'main'),
            button(t('checkins.pass'), passToday, { ci }),
            button(t('help.home.journal'), openJournal, {}),
            button(t('skills.find'), skillsDoor, {}),
            button(t('urges.form.title'), openUrge, {}),
            button(t('plans.title'), myPlans, {}),
            button(t('agenda.title'), myAgenda, {}),
            button(t('practice.title'), practiceDoor, {}),
            button(t('checkins.offer.week'), seeWeek, { days: '7' }),
            button(t('checkins.history.title'), olderCheckIns, {}),
            button(t('reminders.all'), pageOfReminders, { from: '0' }),
            button(t('sessions.title'), moreSessions, {}),
            button(t('recovery.title'), showCounters, {}),
            button(t('scales.title'), scaleMenu, {}),
            button(t('posts.home'), shareDoor, {}),
          ]
        : []),
      ...(actor.roles.includes('facilitator')
        ? [button(t('people.roster.open'), rosterPage, {}, takesPart ? 'plain' : 'main')]
        : []),
      ...(permits('staff', actor.roles) ? [button(t('cases.title'), casesDoor, {})] : []),
      button(t('groups.title'), listGroups, {}),
      button(t('meetings.title'), meetingsDoor, {}),
      button(t('alumni.open'), alumniDoor, {}),
      button(t('cases.ask.title'), askDoor, {}),
      button(t('library.open'), libraryDoor, {}),
      button(t('people.settings.title'), openSettings, {}),
      button(t('mydata.title'), openMyData, {}),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('help.readers')),
    )
  },
})

const platformNames = { discord: 'Discord', slack: 'Slack', playground: 'Handrail' } as const

export const privacy = defineCommand({
  name: 'privacy',
  title: t('help.privacy.command.title'),
  description: t('help.privacy.command.about'),
  permit: 'anyone',
  options: {},
  async run({ app, actor, visitor }) {
    const readings = actor ? await app.members.readings(actor) : []
    return say(
      heading(t('help.privacy.title')),
      list([
        t('help.privacy.me'),
        t('help.privacy.facilitator'),
        t('help.privacy.group'),
        t('help.privacy.operator'),
        t('help.privacy.platform', { platform: platformNames[visitor.platform] }),
        t('help.privacy.ai'),
      ]),
      ...(actor
        ? [
            t('help.privacy.readings', { count: readings.length }),
            ...(readings.length > 0
              ? [
                  list(
                    readings.map(({ readerRole, at }) =>
                      t('help.privacy.reading', { role: t(roleKey(readerRole)), at: atTime(at, actor.zone) }),
                    ),
                  ),
                ]
              : []),
          ]
        : []),
      ...(actor && actor.consented !== null
        ? [
            t('help.privacy.consent', { version: actor.consented }),
            button(t('help.privacy.text'), readConsent, {}),
            button(t('mydata.title'), openMyData, {}),
            button(t('help.privacy.stop'), stopTakingPart, {}, 'careful'),
          ]
        : [button(t('help.privacy.text'), readConsent, {})]),
      small(t('help.readers')),
    )
  },
})

const roleKey = (role: string) =>
  role === 'facilitator' ? ('people.role.facilitator' as const) : ('people.role.member' as const)

export const showPrivacy = defineAction({
  id: 'help.privacy',
  permit: 'anyone',
  params: none,
  run: (call) => privacy.run(call, {}),
})

export const readConsent = defineAction({
  id: 'help.consent',
  permit: 'anyone',
  params: none,
  run: () =>
    say(
      consentText.text,
      small(consentText.review),
      small(t('people.welcome.version', { version: consentText.version })),
    ),
})

export const stopTakingPart = defineAction({
  id: 'help.stop',
  permit: 'known',
  params: none,
  run: () =>
    say(
      t('help.privacy.stop.sure'),
      button(t('help.privacy.stop.yes'), stopForSure, {}, 'careful'),
      small(t('help.readers')),
    ),
})

export const stopForSure = defineAction({
  id: 'help.stop-yes',
  permit: 'known',
  params: none,
  async run({ app, actor, visitor, now }) {
    await app.members.takeBackConsent(actor, visitor.platform, now)
    return update(t('help.privacy.stopped'))
  },
})
