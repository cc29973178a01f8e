// Everything the bot can do. A new command is its own file and a line here.
import { watched } from './words/coverage.ts'
import * as groupRooms from './group-rooms.ts'
import * as away from './away.ts'
import * as awayLetter from './away-letter.ts'
import * as clear from './clear.ts'
import * as checkin from './checkin.ts'
import * as help from './help.ts'
import * as helpNow from './help-now.ts'
import * as history from './history.ts'
import * as alerts from './alerts.ts'
import * as ask from './ask.ts'
import * as cards from './cards.ts'
import * as caseOne from './case-one.ts'
import * as cases from './cases.ts'
import * as measures from './measures.ts'
import * as measureTold from './measure-told.ts'
import * as report from './report.ts'
import { screened } from './alert-card.ts'
import * as alumni from './alumni.ts'
import * as alumniLead from './alumni-lead.ts'
import * as alumniTold from './alumni-told.ts'
import * as buddies from './buddies.ts'
import * as buddiesLead from './buddies-lead.ts'
import * as buddiesTold from './buddies-told.ts'
import * as group from './group.ts'
import * as groupGoodbye from './group-goodbye.ts'
import * as groupMake from './group-make.ts'
import * as groupPeople from './group-people.ts'
import * as groupSeat from './group-seat.ts'
import * as groupTold from './group-told.ts'
import * as agenda from './agenda.ts'
import * as journal from './journal.ts'
import * as journalPrompts from './journal-prompts.ts'
import * as journalShared from './journal-shared.ts'
import * as sessions from './sessions.ts'
import * as late from './late.ts'
import * as lesson from './lesson.ts'
import * as library from './library.ts'
import * as libraryQueue from './library-queue.ts'
import * as libraryReviews from './library-reviews.ts'
import * as lines from './lines.ts'
import * as hardDates from './hard-dates.ts'
import * as letter from './letter.ts'
import * as mydata from './mydata.ts'
import * as retention from './retention.ts'
import * as plan from './plan.ts'
import * as silence from './silence.ts'
import * as meetingPlan from './meeting-plan.ts'
import * as meetingRun from './meeting-run.ts'
import * as meetingTold from './meeting-told.ts'
import * as meetings from './meetings.ts'
import * as invitations from './invitations.ts'
import * as pledge from './pledge.ts'
import * as post from './post.ts'
import * as postFolds from './post-folds.ts'
import * as postMine from './post-mine.ts'
import * as postRead from './post-read.ts'
import * as postReview from './post-review.ts'
import * as practice from './practice.ts'
import * as practiceGiven from './practice-given.ts'
import * as progress from './progress.ts'
import * as prompt from './prompt.ts'
import * as readyAnswers from './ready-answers.ts'
import * as recovery from './recovery.ts'
import * as reminders from './reminders.ts'
import * as roster from './roster.ts'
import * as scales from './scales.ts'
import * as scalesShared from './scales-shared.ts'
import * as script from './script.ts'
import * as settings from './settings.ts'
import * as duty from './duty.ts'
import * as drill from './drill.ts'
import * as taper from './taper.ts'
import * as today from './today.ts'
import * as setup from './setup.ts'
import * as shared from './shared.ts'
import * as skill from './skill.ts'
import * as skillMine from './skill-mine.ts'
import * as skillRun from './skill-run.ts'
import * as slip from './slip.ts'
import * as urge from './urge.ts'
import * as welcome from './welcome.ts'
import * as worried from './worried.ts'

export const commands = [
  helpNow,
  checkin,
  progress,
  history,
  reminders,
  taper,
  journal,
  journalPrompts,
  journalShared,
  agenda,
  sessions,
  group,
  groupSeat,
  groupGoodbye,
  groupPeople,
  groupMake,
  groupTold,
  alumni,
  alumniLead,
  alumniTold,
  buddies,
  buddiesLead,
  buddiesTold,
  meetings,
  meetingPlan,
  meetingRun,
  meetingTold,
  invitations,
  pledge,
  post,
  postRead,
  postMine,
  postFolds,
  postReview,
  mydata,
  retention,
  plan,
  letter,
  hardDates,
  silence,
  skill,
  skillRun,
  skillMine,
  cards,
  urge,
  slip,
  recovery,
  scales,
  scalesShared,
  library,
  libraryQueue,
  libraryReviews,
  lesson,
  script,
  practice,
  practiceGiven,
  alerts,
  ask,
  worried,
  report,
  cases,
  caseOne,
  readyAnswers,
  measures,
  measureTold,
  groupRooms,
  today,
  duty,
  awayLetter,
  drill,
  away,
  settings,
  clear,
  help,
  roster,
  setup,
  welcome,
  prompt,
  shared,
  late,
  lines,
]
/** All that the bot is handed: what can be done, and what is said around it. */
export const list = { commands, welcome: welcome.welcome, screened, watched }
