// A conversation over the wire: the real client, the local Discord, the kit.
import { afterEach, describe, expect, it } from 'vitest'
import { buttonsIn, fieldsIn, wordsIn, type Posted } from '../../support/discord-server.ts'
import { startExample, stopAll } from './example.ts'

afterEach(stopAll)

const only = (message: Posted | undefined): Posted => {
  if (!message) throw new Error('there is no message')
  return message
}

describe('a conversation on Discord', () => {
  it('answers a command privately, with the words quoted and made harmless', async () => {
    const { ana, app } = await startExample()
    const note = 'slept *badly* @everyone <@123456789012345678>\n# and [so](https://x.example)'
    const seen = await ana.slash('checkin', { mood: 7, note })
    expect(app.ran).toEqual([`checkin ${JSON.stringify({ mood: 7, note })}`])
    const message = only(seen.original)
    expect(message.ephemeral).toBe(true)
    expect(wordsIn(message)).toContain(
      '> slept \\*badly\\* \\@everyone \\<\\@123456789012345678\\>\n> \\# and \\[so\\]\\(https\\://x.example\\)',
    )
    expect(buttonsIn(message)).toEqual(['Undo'])
  })

  it('changes the message whose button was pressed', async () => {
    const { ana, app } = await startExample()
    const { original } = await ana.slash('checkin', { mood: 7 })
    const seen = await ana.click(only(original), 'Undo')
    expect(wordsIn(only(seen.updated))).toBe('Undone.')
    expect(app.ran.at(-1)).toBe('undo ci1')
  })

  it('draws every block, and hands over what was picked', async () => {
    const { ana } = await startExample()
    const { original } = await ana.slash('home')
    const message = only(original)
    expect(wordsIn(message)).toContain('## What you can do\n- Check in\n- See your week')
    expect(wordsIn(message)).toContain('-# Only you see this.')
    const seen = await ana.select(message, 'Pick one', ['walk'])
    expect(wordsIn(only(seen.original))).toBe('You picked walk.')
  })

  it('speaks to the room only when the command does', async () => {
    const { ana } = await startExample()
    const seen = await ana.slash('wave')
    expect(only(seen.original).ephemeral).toBe(false)
  })

  it('shows a picture with its words', async () => {
    const { ana } = await startExample()
    const { original } = await ana.slash('progress')
    expect(original?.attachments).toMatchObject([
      { filename: 'week.png', description: 'Mood rose from 3 to 7.' },
    ])
    expect(original?.attachments[0]?.bytes).toEqual(new Uint8Array(Buffer.from('89504e470d0a1a0a', 'hex')))
  })

  it('says what is long in several messages, all of them private', async () => {
    const { ana, server } = await startExample()
    const seen = await ana.slash('long')
    await server.until(() => seen.followups.length >= 4)
    const all = [only(seen.original), ...seen.followups]
    expect(all.every(({ ephemeral }) => ephemeral)).toBe(true)
    const said = all.map(wordsIn).join('\n')
    expect(said).toContain('Line 119.')
    expect(said.replaceAll('\n', '')).toContain('ñ'.repeat(7000))
  })

  it('takes two buttons of the same meaning', async () => {
    const { ana, app } = await startExample()
    const { original } = await ana.slash('same')
    await ana.click(only(original), 'Two')
    expect(app.ran).toEqual(['undo a'])
  })

  it('takes a file that a form asks for, and says so when it does not arrive', async () => {
    const { ana, server } = await startExample()
    const bring = async () => {
      const { modal } = await ana.slash('hand-in')
      if (!modal) throw new Error('no form opened')
      return await ana.modal(modal, { 'Your copy': { name: 'mine.zip', bytes: Buffer.from('all of it') } })
    }
    expect(wordsIn(only((await bring()).original))).toContain('mine.zip: all of it')
    server.state.uploads.set = () => server.state.uploads
    expect(wordsIn(only((await bring()).original))).toContain('The file did not arrive.')
  })

  it('opens a form in pages, filled in, and hands over what was written', async () => {
    const { ana, app } = await startExample()
    const { modal } = await ana.slash('ask')
    if (!modal) throw new Error('no form opened')
    expect(modal.title).toMatch(/ 1\/3$/)
    expect(fieldsIn(modal).map(({ label }) => label)).toEqual([
      'Mood',
      'Note',
      'Skill',
      'HALT',
      'Who sees it',
    ])
    expect(fieldsIn(modal)[0]?.row['description']).toBe('Only you see this.')
    const first = await ana.modal(modal, { Mood: '8', Note: 'better' })
    const second = await ana.click(only(first.original ?? first.updated), 'Continue (2 of 3)')
    if (!second.modal) throw new Error('no second page')
    const next = await ana.modal(second.modal, { Day: 'yesterday', With: ana.id })
    const third = await ana.click(only(next.original ?? next.updated), 'Continue (3 of 3)')
    if (!third.modal) throw new Error('no third page')
    const end = await ana.modal(third.modal, {})
    expect(wordsIn(only(end.original))).toContain('Kept 8.')
    const answers = JSON.parse(String(app.ran.at(-1)).replace('form ', '')) as Record<string, unknown>
    expect(answers).toMatchObject({ mood: 8, note: 'better', halt: ['tired'], who: ana.id, skill: 'box' })
    expect(answers['day']).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('names what is wrong in a form and opens it again with what was typed', async () => {
    const { ana } = await startExample()
    const { modal } = await ana.slash('ask')
    if (!modal) throw new Error('no form opened')
    const wrong = await ana.modal(modal, { Note: 'x'.repeat(200), Mood: '2', 'Who sees it': 'group' })
    const page2 = await ana.click(only(wrong.original), 'Continue (2 of 3)')
    if (!page2.modal) throw new Error('no second page')
    const bad = await ana.modal(page2.modal, { Day: 'someday' })
    expect(wordsIn(only(bad.original))).toContain('Day: Please give a day')
    expect(bad.original?.ephemeral).toBe(true)
    const again = await ana.click(only(bad.original), 'Try again')
    const day = again.modal && fieldsIn(again.modal).find(({ label }) => label === 'Day')
    expect(day?.component['value']).toBe('someday')
  })

  it('suggests while somebody types', async () => {
    const { ana } = await startExample()
    const { choices } = await ana.autocomplete('find', 'skill', 'bo')
    expect(choices).toEqual([{ name: 'skill: bo', value: 'box-breathing' }])
  })

  it('answers a message’s menu with a pointer to it', async () => {
    const { ana } = await startExample()
    const { original } = await ana.slash('wave')
    const seen = await ana.menu('Remind me of this', only(original))
    expect(wordsIn(only(seen.original))).toContain(`discord.com/channels/`)
  })

  it('runs a command named in a direct message, and says that it reads nothing else', async () => {
    const { server } = await startExample()
    const jo = server.person('jo')
    expect((await jo.dm('away')).map(wordsIn)).toEqual(['Away.'])
    const [answer] = await jo.dm('I feel so low today')
    expect(wordsIn(only(answer))).toContain('I cannot read or pass on messages')
    const [form] = await jo.dm('ask')
    expect(buttonsIn(only(form))).toEqual(['Continue'])
    const { modal } = await jo.click(only(form), 'Continue')
    expect(modal?.title).toContain('Everything')
  })

  it('speaks the person’s language and knows who manages the server', async () => {
    const { server, visitors, ana } = await startExample()
    await ana.slash('away')
    expect(visitors.at(-1)).toMatchObject({ platform: 'discord', user: ana.id, managesWorkspace: true })
    const guild = server.guild('Other')
    const eva = server.person('eva', { guild, locale: 'es-419', permissions: '0' })
    const { modal } = await eva.slash('ask')
    expect(modal && fieldsIn(modal)[0]?.label).toBe('Ánimo')
    expect(visitors.at(-1)).toMatchObject({ workspace: guild.id, managesWorkspace: false })
  })

  it('welcomes a stranger, and says kindly when something broke', async () => {
    const { server, ana, log } = await startExample()
    const stranger = server.person('stranger', { guild: server.guild('G') })
    expect(wordsIn(only((await stranger.slash('away')).original))).toContain('Welcome')
    expect(wordsIn(only((await ana.slash('broken')).original))).toContain('ref-1')
    expect(log.join()).not.toContain('secret')
  })
})
