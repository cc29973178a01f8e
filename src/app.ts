// Every use case as one plain object of functions; the kit is bound to it once.
import { alumniOf } from './care/alumni/alumni.ts'
import type { Standings } from './care/alumni/ports.ts'
import type { Audits } from './care/audit/ports.ts'
import { buddiesOf } from './care/buddies/buddies.ts'
import { buddyCheckInsOf } from './care/buddies/check-ins.ts'
import type { Pairs } from './care/buddies/ports.ts'
import { casesOf } from './care/cases/cases.ts'
import type { Cases, Ways } from './care/cases/ports.ts'
import { readyAnswersOf } from './care/cases/ready-answers.ts'
import { checkInsOf } from './care/checkins/check-ins.ts'
import type { CheckIns, Readings } from './care/checkins/ports.ts'
import { dueOf } from './care/entries/due.ts'
import type { Entries } from './care/entries/ports.ts'
import { accessOf } from './care/groups/access.ts'
import { awayLettersOf } from './care/groups/away-letters.ts'
import { groupsOf } from './care/groups/groups.ts'
import { roomsOf, type Said } from './care/groups/rooms.ts'
import type { Groups } from './care/groups/ports.ts'
import type { RoomKeepers } from './care/groups/room-keeper.ts'
import { journalOf } from './care/journal/journal.ts'
import { journalPromptsOf } from './care/journal/prompts.ts'
import { lessonsOf } from './care/lessons/lessons.ts'
import { libraryOf } from './care/library/library.ts'
import type { Library } from './care/library/ports.ts'
import type { ContentReviews } from './care/library/reviews.ts'
import { measuresOf } from './care/measures/measures.ts'
import type { Measures } from './care/measures/ports.ts'
import { meetingsOf } from './care/meetings/meetings.ts'
import type { Meetings } from './care/meetings/ports.ts'
import { createDirectory } from './care/members/directory.ts'
import { agesOf } from './care/members/ages.ts'
import { membersOf } from './care/members/members.ts'
import { invitesOf } from './care/members/invites.ts'
import type { Announcements, Consents, Invites, People, Programs, Self } from './care/members/ports.ts'
import { programsOf } from './care/members/programs.ts'
import { rosterOf } from './care/members/roster.ts'
import { directivesOf } from './care/plans/directives.ts'
import { hardDatesOf } from './care/plans/hard-dates.ts'
import { lettersOf } from './care/plans/letters.ts'
import { plansOf } from './care/plans/plans.ts'
import { pledgesOf } from './care/pledges/pledges.ts'
import type { Pledges } from './care/pledges/ports.ts'
import type { Posts } from './care/posts/ports.ts'
import { postsOf } from './care/posts/posts.ts'
import { daysKeptOf, type Aged } from './care/privacy/days-kept.ts'
import type { Signer, WholePerson } from './care/privacy/ports.ts'
import { sweepingOf, type Sweeps } from './care/privacy/sweeping.ts'
import type { Presences } from './care/privacy/presence.ts'
import { removalsOf, type Removals } from './care/privacy/removals.ts'
import { privacyOf } from './care/privacy/privacy.ts'
import { recoveryOf } from './care/recovery/recovery.ts'
import { agendaOf } from './care/sessions/agenda.ts'
import type { Sessions } from './care/sessions/ports.ts'
import { sessionsOf } from './care/sessions/sessions.ts'
import { cardsOf } from './care/skills/cards.ts'
import { shelfOf } from './care/skills/shelf.ts'
import { skillsOf, type SkillFinder } from './care/skills/skills.ts'
import { usesOf } from './care/skills/uses.ts'
import { urgesOf } from './care/urges/urges.ts'
import type { Assignments } from './care/practice/ports.ts'
import { practiceOf } from './care/practice/practice.ts'
import { thingsOf } from './care/practice/things.ts'
import { remindersOf } from './care/prompts/reminders.ts'
import { taperOf } from './care/prompts/taper.ts'
import type { Reminders } from './care/prompts/ports.ts'
import type { When } from './care/prompts/when.ts'
import { scalesOf } from './care/scales/scales.ts'
import { linesOf, type Places } from './care/safety/lines.ts'
import { dutiesOf } from './care/safety/duties.ts'
import { ladderOf } from './care/safety/duty.ts'
import type { Duties, KeptDuties, LineReviews } from './care/safety/ports.ts'
import { screeningOf, type Screen } from './care/safety/screening.ts'
import { waysOf } from './care/safety/ways.ts'
import type { Message } from './kit/reply.ts'

/** Answers to what was finished after a crash, until they are sent: words that the outbox must not keep. */
function lateAnswers(most = 500) {
  const waiting = new Map<string, Message>()
  return {
    get: (id: string) => waiting.get(id),
    put(id: string, answer: Message): void {
      waiting.set(id, answer)
      for (const oldest of waiting.keys()) {
        if (waiting.size <= most) break
        waiting.delete(oldest)
      }
    },
  }
}

export type Stores = {
  readonly people: People
  readonly programs: Programs
  readonly checkIns: CheckIns
  readonly entries: Entries
  readonly library: Library
  readonly wholePerson: WholePerson
  readonly aged: Aged
  readonly removals: Removals
  readonly signer: Signer
  readonly reviews: ContentReviews
  readonly assignments: Assignments
  readonly sessions: Sessions
  readonly groups: Groups
  readonly said: Said
  readonly meetings: Meetings
  readonly standings: Standings
  readonly pairs: Pairs
  readonly cases: Cases
  readonly ways: Ways
  readonly posts: Posts
  readonly pledges: Pledges
  readonly invites: Invites
  readonly measures: Measures
  readonly duties: KeptDuties
  readonly consents: Consents
  readonly audits: Audits
  readonly readings: Readings
  readonly reminders: Reminders
  readonly lineReviews: LineReviews
  readonly announcements: Announcements
}

export type AppParts = Stores & {
  readonly finder: SkillFinder
  /** The bot's own messages, deleted by whichever platform is connected. */
  readonly sweeps: Sweeps
  /** Whether the bot is out of a workspace, by whichever platform is connected. */
  readonly presences: Presences
  /** Reads one text for signs of danger; nothing leaves the process. */
  readonly screen: Screen
  /** What the connected platforms can do about rooms. */
  readonly keepers: RoomKeepers
  readonly when: When
  readonly newId: () => string
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number
  /** Countries of programs kept beside the database, for help that needs none (CR-1). */
  readonly places: Places
}

export function createApp({ monotonic, places, ...parts }: AppParts) {
  const directory = createDirectory(parts.people, monotonic)
  const reminders = remindersOf(parts)
  const taper = taperOf(parts)
  const recovery = recoveryOf(parts)
  const urges = urgesOf(parts)
  const letters = lettersOf(parts)
  const hardDates = hardDatesOf(parts)
  const directives = directivesOf(parts)
  const privacy = privacyOf({ ...parts, directory, letters, hardDates })
  const library = libraryOf({ ...parts, directory })
  const things = thingsOf(library)
  const skillUses = usesOf(parts)
  const skillShelf = shelfOf(parts)
  const lines = linesOf({ ...parts, places })
  const duties: Duties = {
    ...parts.duties,
    ladder: async (programId) => ladderOf(await parts.duties.ladder(programId)),
  }
  const alerts = waysOf({ ...parts, duties })
  const screening = screeningOf({ ...parts, duties, ways: alerts, mayPage: parts.consents })
  const groups = groupsOf(parts)
  const buddies = buddiesOf({ ...parts, access: accessOf(parts), telling: groups.telling })
  const measures = measuresOf({ ...parts, leading: groups })
  const posts = postsOf({ ...parts, group: groups })
  const members = membersOf({
    ...parts,
    directory,
    moveSchedules: (person, zone, now) => reminders.move(person, zone, now),
    stopAll: async (person, now) => {
      await reminders.pauseAll(person, now)
      await parts.checkIns.unshareAll(person)
      await parts.entries.unshareAll(person)
      await posts.takeAllBack(person)
      await groups.leaveAll(person, now)
      await buddies.endStale(person, now)
    },
  })
  const alumni = alumniOf({
    ...parts,
    group: groups,
    moved: async (person, now) => {
      directory.forget(person)
      await groups.putRight(person, now)
      await buddies.endStale(person, now)
    },
  })
  return {
    newId: parts.newId,
    late: lateAnswers(),
    when: parts.when,
    directory,
    members,
    sweeping: sweepingOf(parts),
    /** What was sent to this person under that id. */
    announcedTo: (self: Self, id: string) => parts.announcements.to(self, id),
    ages: agesOf({ ...parts, directory, putRight: groups.putRight }),
    programs: programsOf({
      ...parts,
      directory,
      placesChanged: lines.placesChanged,
      roleTaken: groups.putRight,
    }),
    roster: rosterOf(parts),
    checkIns: checkInsOf(parts),
    reminders,
    taper,
    copingCards: cardsOf(parts),
    lines,
    duties: dutiesOf({ ...parts, duties }),
    alerts,
    readyAnswers: readyAnswersOf(parts),
    cases: casesOf({ ...parts, duties, alerts, screening }),
    measures,
    ...alumni,
    buddies,
    buddyCheckIns: buddyCheckInsOf({ ...parts, buddies, telling: groups.telling }),
    groups,
    awayLetters: awayLettersOf({ ...parts, telling: groups.telling }),
    meetings: meetingsOf({ ...parts, group: groups, access: accessOf(parts) }),
    posts,
    pledges: pledgesOf({ ...parts, group: groups }),
    invites: invitesOf({
      ...parts,
      directory,
      led: accessOf(parts).ledToChange,
      bringIn: (leader, group, user, now) => groups.bringIn(leader, group, user, 'member', now),
    }),
    rooms: roomsOf({
      ...parts,
      directory,
      screening,
      telling: groups.telling,
      fill: groups.fill,
      quieted: measures.quieted,
      wentOut: groups.wentOut,
    }),
    screening,
    scales: scalesOf({
      ...parts,
      notSafe: (person, id, now) => screening.said(person, { id, source: 'scale' }, now),
    }),
    library,
    things,
    lessons: lessonsOf({ ...parts, hidden: library.hidden }),
    skills: skillsOf({ ...parts, library, uses: skillUses, shelf: skillShelf }),
    skillUses,
    skillShelf,
    practice: practiceOf({ ...parts, thing: things.named }),
    recovery,
    urges,
    journal: journalOf(parts),
    journalPrompts: journalPromptsOf(parts),
    sessions: sessionsOf(parts),
    agenda: agendaOf(parts),
    plans: plansOf(parts),
    letters,
    hardDates,
    directives,
    privacy,
    daysKept: daysKeptOf(parts),
    removals: removalsOf({ ...parts, directory, placesChanged: lines.placesChanged }),
    /** What comes of entries by themselves, by kind. */
    due: dueOf({
      entries: parts.entries,
      personNow: (self) => members.now(self),
      whenDue: {
        urge: urges.whenDue,
        'skill-use': skillUses.whenDue,
        recovery: recovery.whenDue,
        slip: recovery.slipDue,
        letter: letters.whenDue,
        'hard-date': hardDates.whenDue,
        directive: directives.whenDue,
        erasure: privacy.whenDue,
        taper: taper.whenDue,
        'peer-lead': alumni.peerLeads.whenDue,
      },
    }),
  }
}

export type App = ReturnType<typeof createApp>
