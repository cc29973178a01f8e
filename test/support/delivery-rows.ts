// People with schedules, written straight into a database for the delivery tests.
import { randomBytes } from 'node:crypto'
import type { Platform } from '../../src/delivery/ports.ts'
import type { Client } from '../../src/store/connection.ts'
import type { Sealed } from '../../src/store/sealed.ts'

export const newId = (): string => randomBytes(16).toString('base64url')

export type ScheduleRow = {
  readonly cron?: string | null
  readonly zone?: string
  readonly nextRunAt: Date
  readonly graceMin?: number
  readonly notice?: string
}
export type PersonRow = {
  readonly quiet?: readonly [string, string]
  readonly leftAt?: Date
  /** Their ids on the platform, in order. */
  readonly users?: readonly string[]
}

const name = 'x' as unknown as Sealed
const long = new Date('2020-01-01T00:00:00Z')

export async function addProgram(prisma: Client, platform: Platform = 'discord') {
  const id = newId()
  await prisma.program.create({
    data: {
      id,
      name: 'Program',
      country: 'US',
      language: 'en',
      zone: 'America/New_York',
      promptTime: '09:00',
      law: 'unsure',
      createdAt: long,
    },
  })
  const workspace = { id: newId(), programId: id, platform, externalId: `w-${id}` }
  await prisma.workspace.create({ data: workspace })
  return { id, workspace }
}
export type ProgramRow = Awaited<ReturnType<typeof addProgram>>

/** `count` people of a program, each with one account and the schedules given. */
export async function addPeople(
  prisma: Client,
  program: ProgramRow,
  count: number,
  schedules: readonly ScheduleRow[],
  { quiet, leftAt, users }: PersonRow = {},
) {
  const people = Array.from({ length: count }, () => newId())
  await prisma.person.createMany({
    data: people.map((id) => ({
      id,
      programId: program.id,
      name,
      zone: 'America/New_York',
      welcomeStep: 'done',
      joinedAt: long,
      leftAt: leftAt ?? null,
      quietFrom: quiet?.[0] ?? null,
      quietTo: quiet?.[1] ?? null,
    })),
  })
  await prisma.account.createMany({
    data: people.map((personId, index) => ({
      id: newId(),
      programId: program.id,
      personId,
      workspaceId: program.workspace.id,
      platform: program.workspace.platform,
      externalId: users?.[index] ?? `u-${personId}`,
    })),
  })
  const rows = people.flatMap((personId) =>
    schedules.map(({ cron = '0 9 * * *', zone = 'America/New_York', notice = 'check-in', ...rest }) => ({
      id: newId(),
      programId: program.id,
      personId,
      notice,
      cron,
      zone,
      createdAt: long,
      ...rest,
    })),
  )
  await prisma.schedule.createMany({ data: rows })
  return { people, schedules: rows.map(({ id }) => id) }
}
