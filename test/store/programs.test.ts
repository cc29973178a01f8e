import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, someId, someProgram } from '../support/people.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  beforeAll(async () => {
    store = await open()
  })

  it('finds a program by its place and by its id, and no other', async () => {
    const program = await someProgram(store)
    const { workspace, ...kept } = program
    expect(await store.programs.byWorkspace('discord', workspace)).toEqual(kept)
    expect(await store.programs.byWorkspace('slack', workspace)).toBeUndefined()
    expect(await store.programs.byId(program.id)).toEqual(kept)
    expect(await store.programs.byId(someId())).toBeUndefined()
  })

  it('sets a workspace up once when two admins race', async () => {
    const { workspace, ...first } = await someProgram(store)
    const place = { platform: 'slack', externalId: `T${workspace}` } as const
    const made = await Promise.all(
      [1, 2, 3].map(() => store.programs.create({ ...first, id: someId(), workspace: place, at: morning })),
    )
    expect(made.filter((program) => program !== undefined)).toHaveLength(1)
  })

  it('changes what is named, and the questions in their order', async () => {
    const program = await someProgram(store)
    await store.programs.change(program.id, { country: 'ES', questions: ['urge', 'mood'] })
    expect(await store.programs.byId(program.id)).toMatchObject({
      country: 'ES',
      name: program.name,
      questions: ['urge', 'mood'],
    })
  })

  it('gives a program one group room, which moves when it is named again', async () => {
    const program = await someProgram(store)
    const group = {
      id: someId(),
      name: 'Everybody',
      platform: 'discord',
      workspace: program.workspace,
    } as const
    await store.programs.setGroup(program.id, { ...group, room: '1' })
    await store.programs.setGroup(program.id, { ...group, room: '2' })
    expect((await store.programs.byId(program.id))?.group).toEqual({ ...group, room: '2' })
  })

  it('takes no group of another program, and no room in another program’s workspace', async () => {
    const [program, other] = [await someProgram(store), await someProgram(store)]
    const group = { id: someId(), name: 'Everybody', platform: 'discord', room: '1' } as const
    await store.programs.setGroup(program.id, { ...group, workspace: program.workspace })
    await expect(
      store.programs.setGroup(other.id, { ...group, workspace: other.workspace }),
    ).rejects.toThrow()
    await expect(
      store.programs.setGroup(other.id, { ...group, id: someId(), workspace: program.workspace }),
    ).rejects.toThrow()
    expect((await store.programs.byId(other.id))?.group).toBeUndefined()
  })

  it('lists every place with its country', async () => {
    const program = await someProgram(store)
    expect(await store.programs.places()).toContainEqual({
      platform: 'discord',
      workspace: program.workspace,
      programId: program.id,
      country: 'US',
    })
    expect((await store.programs.all()).map(({ id }) => id)).toContain(program.id)
  })
})
