// What a person sees on Slack, through a real Bolt app, by both ways in.
import { afterEach, describe, expect, it } from 'vitest'
import { startExample, stopAll, type Example, type Way } from './example.ts'
import type { OpenView, Seen } from '../../support/slack-server.ts'

afterEach(stopAll)

const theOne = <T>(all: readonly T[]): T => {
  const [first] = all
  if (!first || all.length > 1) throw new Error(`there are ${all.length}`)
  return first
}
const viewOf = (seen: Seen): OpenView => {
  if (!seen.view) throw new Error('nothing opened')
  return seen.view
}
const wordsIn = (on: { readonly blocks: readonly unknown[] }) => JSON.stringify(on.blocks)

describe.each<Way>(['Socket Mode', 'signed HTTP'])('over %s', (way) => {
  it('answers a command in the acknowledgement, to the person alone', async () => {
    const { ana, app, server } = await startExample(way)
    const seen = await ana.slash('/checkin', '7 slept &lt;badly&gt;')
    expect(seen.acked).toBe(true)
    expect(theOne(seen.ephemerals).text).toBe('Saved.\nslept &lt;badly&gt;')
    expect(wordsIn(theOne(seen.ephemerals))).toContain('"text":"slept <badly>"')
    expect(seen.messages).toEqual([])
    expect(app.ran).toEqual(['checkin {"mood":7,"note":"slept <badly>"}'])
    expect(server.called('respond')).toEqual([])
  })

  it('lets what a button says take the place of its message', async () => {
    const { ana, app } = await startExample(way)
    const first = theOne((await ana.slash('/checkin', '7')).ephemerals)
    const seen = await ana.press(first, 'Undo')
    expect(theOne(seen.replaced)).toMatchObject({ ts: first.ts, text: 'Undone.' })
    expect(app.ran).toEqual(['checkin {"mood":7}', 'undo ci1'])
  })

  it('acknowledges a slow command at once and answers it later', async () => {
    const { ana, app } = await startExample(way)
    app.slowMs = 1800
    const seen = await ana.slash('/checkin', '7')
    expect(seen.acked).toBe(true)
    expect(seen.latency).toBeLessThan(2500)
    expect(theOne(seen.ephemerals).text).toBe('Saved.')
  })

  it('asks for what is missing in a form of the same fields, filled with what fits', async () => {
    const { ana, app } = await startExample(way)
    const view = viewOf(await ana.slash('/checkin', '11 rough night'))
    expect(view).toMatchObject({ type: 'modal', title: { text: 'checkin' } })
    const seen = await ana.submit(view, { mood: '4' })
    expect(theOne(seen.ephemerals).text).toBe('Saved.\n11 rough night')
    expect(app.ran).toEqual(['checkin {"mood":4,"note":"11 rough night"}'])
  })

  it('draws every kind of field, filled in, and reads it back', async () => {
    const { ana, app } = await startExample(way)
    const view = viewOf(await ana.slash('/ask'))
    expect(view).toMatchObject({
      title: { text: 'Everything that can be …' },
      private_metadata: 'h1:everything:@prog1',
    })
    expect((await ana.suggest(view, 'skill', 'Bo')).options).toMatchObject([
      { value: 'box-breathing', text: { text: 'Box breathing (Bo)' } },
    ])
    await ana.submit(view, {
      skill: 'box-breathing',
      who: 'U0BEN',
      others: ['U0BEN', 'U0CAL'],
      where: 'C0GROUP',
      day: '2026-11-23',
    })
    expect(app.ran).toEqual([
      'form ' +
        JSON.stringify({
          mood: 7,
          note: 'as before',
          skill: 'box-breathing',
          halt: ['tired'],
          hours: 8,
          who: 'U0BEN',
          others: ['U0BEN', 'U0CAL'],
          where: 'C0GROUP',
          day: '2026-11-23',
          at: '09:00',
          again: true,
        }),
    ])
  })

  it('keeps a form open with the sentence beside its field', async () => {
    const { ana } = await startExample(way)
    const view = viewOf(await ana.slash('/ask'))
    expect((await ana.submit(view, { mood: '2' })).errors).toEqual({ mood: 'Two is taken.' })
    const next = viewOf(await ana.submit(view, { mood: '3' }))
    expect(theOne((await ana.submit(next)).ephemerals).text).toBe('Kept 4.')
  })

  it('answers a form where it was opened, also in a room that the bot is not in', async () => {
    const { ana, server } = await startExample(way)
    server.state.room('C0ELSEWHERE', 'channel', ['U0ANA'])
    const view = viewOf(await ana.slash('/ask', '', { channel: 'C0ELSEWHERE' }))
    expect(theOne((await ana.submit(view)).ephemerals)).toMatchObject({
      channel: 'C0ELSEWHERE',
      only: 'U0ANA',
    })
  })

  it('shows the words of a form that was too slow to keep open, and a way to try again', async () => {
    const { ana, app } = await startExample(way)
    const view = viewOf(await ana.slash('/ask'))
    app.slowMs = 2600
    const seen = await ana.submit(view, { mood: '2' })
    expect(seen.acked).toBe(true)
    expect(seen.errors).toEqual({})
    const message = theOne(seen.ephemerals)
    expect(message.text).toContain('Two is taken.')
    expect(viewOf(await ana.press(message, 'Try again')).blocks).toContainEqual(
      expect.objectContaining({ block_id: 'mood' }),
    )
  })

  it('offers a button when a form comes too late for its trigger, filled all the same', async () => {
    const { ana, app } = await startExample(way)
    app.slowMs = 3200
    const seen = await ana.slash('/ask', '', { patience: 5000 })
    expect(seen.view).toBeUndefined()
    const view = viewOf(await ana.press(theOne(seen.ephemerals), 'Continue'))
    expect(wordsIn(view)).toContain('as before')
  })

  it('shows the home, and answers there with a way back', async () => {
    const { ana } = await startExample(way)
    const home = viewOf(await ana.home())
    expect(home.type).toBe('home')
    const undone = viewOf(await ana.press(home, 'Undo'))
    expect(wordsIn(undone)).toContain('Undone.')
    expect(wordsIn(viewOf(await ana.press(undone, 'Back to the start')))).toContain('What you can do')
    const picked = viewOf(await ana.select(home, 'h1:chosen', 'walk'))
    expect(wordsIn(picked)).toContain('You picked walk.')
    const form = viewOf(await ana.press(home, 'Check in'))
    expect(wordsIn(viewOf(await ana.submit(form, { mood: '6' })))).toContain('Kept 6.')
    expect((await ana.press(home, 'Find a line', { patience: 200 })).acked).toBe(true)
  })

  it('runs a direct message that begins with a command, and says of others that it does not read them', async () => {
    const { ana } = await startExample(way)
    expect(theOne((await ana.dm('checkin 7')).messages).text).toBe('Saved.')
    expect(theOne((await ana.dm('I feel awful')).messages).text).toMatch(/^I cannot read or pass on messages/)
    const ask = theOne((await ana.dm('ask')).messages)
    expect(viewOf(await ana.press(ask, 'Continue')).type).toBe('modal')
  })

  it('answers the menu on a message with its link', async () => {
    const { ana, server } = await startExample(way)
    server.room('C0GROUP', ['U0ANA'])
    const message = server.post('C0GROUP', 'Something to keep')
    const seen = await ana.shortcut('remind-me', message)
    expect(theOne(seen.ephemerals).text).toBe(
      `In C0GROUP: https://harbor.slack.com/archives/C0GROUP/p${message.ts.replace('.', '')}`,
    )
  })

  it('shows a picture in the direct message, described, and says so', async () => {
    const { ana, server } = await startExample(way)
    server.room('C0GROUP', ['U0ANA'])
    const seen = await ana.slash('/progress', '', { channel: 'C0GROUP' })
    await server.until(() => server.called('respond').length === 1)
    const direct = server.state.direct('U0ANA')
    expect(theOne(direct.messages).file).toMatchObject({ name: 'week.png', alt: 'Mood rose from 3 to 7.' })
    expect(seen.messages.map((one) => one.channel)).toEqual([direct.id])
    const said = theOne(server.state.ephemerals)
    expect(wordsIn(said)).toContain('The picture is in your direct messages with me')
    expect(said.text).toContain('Mood rose from 3 to 7.')
  })

  it('takes a file that a form asks for, and says so when it does not arrive', async () => {
    const { ana, server } = await startExample(way)
    const copy = { name: 'mine.zip', bytes: Buffer.from('all of it') }
    const bring = async () => await ana.submit(viewOf(await ana.slash('/hand-in')), { copy })
    expect(theOne((await bring()).ephemerals).text).toBe('mine.zip: all of it')
    server.state.uploads.set = () => server.state.uploads
    expect(theOne((await bring()).ephemerals).text).toContain('The file did not arrive.')
  })

  it('brings a file to the direct message, and says so', async () => {
    const { ana, server } = await startExample(way)
    server.room('C0GROUP', ['U0ANA'])
    await ana.slash('/keep', '', { channel: 'C0GROUP' })
    await server.until(() => server.called('respond').length === 1)
    const { file } = theOne(server.state.direct('U0ANA').messages)
    expect(file).toMatchObject({ name: 'plan.txt', alt: 'My plan' })
    expect(Buffer.from(file?.bytes ?? []).toString()).toContain('mine')
    expect(wordsIn(theOne(server.state.ephemerals))).toContain('The file is in your direct messages with me')
  })

  it('still says everything in words when the picture cannot be shown', async () => {
    const { ana, server } = await startExample(way)
    server.fault('files.getUploadURLExternal', { status: 500 })
    const said = theOne((await ana.slash('/progress')).ephemerals)
    expect(wordsIn(said)).toContain('could not be shown')
    expect(said.text).toContain('Mood rose from 3 to 7.')
  })

  it('speaks to the room only when the answer says so', async () => {
    const { ana, server } = await startExample(way)
    server.room('C0GROUP', ['U0ANA'])
    const seen = await ana.slash('/wave', '', { channel: 'C0GROUP' })
    expect(theOne(seen.messages)).toMatchObject({ channel: 'C0GROUP', text: 'Ana waves.' })
    expect(seen.ephemerals).toEqual([])
  })

  it('says a very long answer in several messages', async () => {
    const { ana, server } = await startExample(way)
    await ana.slash('/long')
    await server.until(() => server.state.ephemerals.length === 3)
    const all = server.state.ephemerals.map(wordsIn).join('')
    expect(all).toContain('Line 119.')
    expect(all.match(/ñ/g)).toHaveLength(7000)
  })

  it('turns a failure into a kind sentence and tells nobody what was in it', async () => {
    const { ana, log } = await startExample(way)
    expect(theOne((await ana.slash('/broken')).ephemerals).text).toContain('ref-1')
    expect(log.join('\n')).not.toContain('secret')
  })

  it('takes garbage kindly: unknown buttons, commands and menus', async () => {
    const { ana, server } = await startExample(way)
    expect(theOne((await ana.slash('/never-heard-of')).ephemerals).text).toContain('no longer here')
    server.room('C0GROUP', ['U0ANA'])
    const message = server.post('C0GROUP', 'Old')
    message.blocks = [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'something~else', text: { type: 'plain_text', text: 'Old' } },
        ],
      },
    ]
    expect(theOne((await ana.press(message, 'Old')).ephemerals).text).toContain('no longer here')
    expect(theOne((await ana.shortcut('gone', message)).ephemerals).text).toContain('no longer here')
  })

  it('tells two buttons with the same code apart', async () => {
    const { ana, app } = await startExample(way)
    const message = theOne((await ana.slash('/same')).ephemerals)
    await ana.press(message, 'Two')
    expect(app.ran).toEqual(['undo a'])
  })

  it('welcomes who does not take part, and knows people by what Slack says of them', async () => {
    const { server, visitors } = await startExample(way)
    const stranger = server.person('U0STRANGER', {
      real_name: 'Sam',
      locale: 'es-MX',
      tz: 'America/Mexico_City',
      is_admin: true,
    })
    expect(theOne((await stranger.slash('/home')).ephemerals).text).toContain('Welcome')
    expect(visitors).toContainEqual(
      expect.objectContaining({
        platform: 'slack',
        workspace: 'T0HARBOR',
        user: 'U0STRANGER',
        locale: 'es-MX',
        zone: 'America/Mexico_City',
        managesWorkspace: true,
      }),
    )
  })

  it('does not wait for Slack to say who somebody is', async () => {
    const { ana, server } = await startExample(way)
    server.fault('users.info', { delayMs: 4000 })
    const seen = await ana.slash('/checkin', '7')
    expect(seen.acked).toBe(true)
    expect(theOne(seen.ephemerals).text).toBe('Saved.')
  })

  it('hears commands under the name that Slack leaves free', async () => {
    const { ana } = await startExample(way)
    expect(theOne((await ana.slash('/my-away')).ephemerals).text).toBe('Away.')
  })

  it('understands a mention', async () => {
    const { ana } = await startExample(way)
    expect(theOne((await ana.slash('/with', '<@U0BEN|ben>')).ephemerals).text).toBe('With {"who":"U0BEN"}.')
  })

  it('works on a delivery once, however often it comes', async () => {
    const { ana, app, server } = await startExample(way)
    const first = await ana.slash('/checkin', '7', { copies: 3 })
    expect(theOne(first.ephemerals).text).toBe('Saved.')
    await ana.press(theOne(first.ephemerals), 'Undo', { copies: 2 })
    await ana.dm('checkin 8', { copies: 4 })
    expect(app.ran).toEqual(['checkin {"mood":7}', 'undo ci1', 'checkin {"mood":8}'])
    const view = viewOf(await ana.slash('/ask'))
    const again = await ana.submit(view, { mood: '2' }, { copies: 2 })
    expect(again.errors).toEqual({ mood: 'Two is taken.' })
    expect(app.ran.filter((one) => one.startsWith('form'))).toHaveLength(1)
    await ana.home({ copies: 3 })
    expect(server.called('views.publish')).toHaveLength(1)
  })
})

describe('an answer that Slack does not take', () => {
  const started = async (): Promise<Example> => await startExample('Socket Mode')

  it('is said in the direct message when the response address is worn out', async () => {
    const { ana, app, server, log } = await started()
    app.slowMs = 1500
    server.fault('respond', { status: 404 })
    const seen = await ana.slash('/checkin', '7')
    expect(theOne(seen.messages)).toMatchObject({ channel: server.state.direct('U0ANA').id, text: 'Saved.' })
    expect(log.join()).toContain('response')
  })

  it('goes by the response address when the socket closes before the acknowledgement', async () => {
    const { ana, app, server } = await started()
    app.slowMs = 400
    const asking = ana.slash('/checkin', '7')
    await server.until(() => app.ran.length === 1)
    server.sockets.drop('terminate')
    expect((await asking).acked).toBe(false)
    await server.until(() => server.state.ephemerals.length === 1)
    expect(app.ran).toHaveLength(1)
  })
})
