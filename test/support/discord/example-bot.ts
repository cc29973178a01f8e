// A plain discord.js client that gives every kind of answer once.
import {
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  Partials,
  type APIButtonComponentWithCustomId,
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type ClientOptions,
  type Interaction,
} from 'discord.js'
import type { DiscordServer } from '../discord-server.ts'

export const commands = [
  {
    name: 'hello',
    description: 'Says hello',
    options: [
      { type: 3, name: 'how', description: 'How', required: true },
      { type: 4, name: 'mood', description: 'Mood', min_value: 1, max_value: 10 },
      { type: 3, name: 'skill', description: 'Skill', autocomplete: true },
    ],
  },
  { name: 'Keep', type: 3 },
]
const row = (...components: APIButtonComponentWithCustomId[]) => [{ type: 1, components }]
const label = (text: string, component: APIComponentInLabel) => ({ type: 18, label: text, component })
const options = (...words: readonly string[]) =>
  words.map((word) => ({ label: word, value: word.toLowerCase() }))
export const form: APIModalInteractionResponseCallbackData = {
  custom_id: 'form',
  title: 'Check in',
  components: [
    label('Mood', { type: 4, custom_id: 'mood', style: 1, max_length: 2 }),
    label('Sleep', { type: 21, custom_id: 'sleep', options: options('Good', 'Bad') }),
    label('Needs', {
      type: 22,
      custom_id: 'needs',
      required: false,
      min_values: 0,
      options: options('Food', 'Rest'),
    }),
    label('Share', { type: 23, custom_id: 'share' }),
    label('Skill', { type: 3, custom_id: 'skill', options: options('Breathe', 'Walk') }),
  ],
}

async function answer(interaction: Interaction): Promise<void> {
  const more = row(
    { type: 2, style: 1, custom_id: 'more', label: 'More' },
    { type: 2, style: 1, custom_id: 'open', label: 'Form' },
  )
  if (interaction.isAutocomplete())
    return await interaction.respond([{ name: `${interaction.options.getFocused()}ing`, value: 'walk' }])
  if (interaction.isChatInputCommand()) {
    switch (interaction.options.getString('how')) {
      case 'slowly':
        await interaction.deferReply({ flags: MessageFlags.Ephemeral })
        return void (await interaction.editReply({ content: 'Slow.', components: more }))
      case 'twice':
        await interaction.reply({ content: 'One.' })
        return void (await interaction.followUp({ content: 'Two.', flags: MessageFlags.Ephemeral }))
      case 'form':
        return void (await interaction.showModal(form))
      case 'wrongly':
        return void (await interaction.reply({ content: 'x'.repeat(2001) }))
      case 'never':
        return
      case 'picture':
        return void (await interaction.reply({
          files: [{ attachment: Buffer.from('png'), name: 'week.png', description: 'Your week' }],
        }))
      case null:
      default:
        return void (await interaction.reply({
          content: 'Hello.',
          components: more,
          flags: MessageFlags.Ephemeral,
        }))
    }
  }
  if (interaction.isMessageContextMenuCommand())
    return void (await interaction.reply({
      content: `Kept ${interaction.targetMessage.content}`,
      withResponse: true,
    }))
  if (interaction.isButton() && interaction.customId === 'open') return await interaction.showModal(form)
  if (interaction.isButton())
    return void (await interaction.update({ content: 'More of it.', components: [] }))
  if (interaction.isModalSubmit()) {
    const { fields } = interaction
    const said = [
      fields.getTextInputValue('mood'),
      fields.getRadioGroup('sleep'),
      fields.getCheckboxGroup('needs').join('+'),
      fields.getCheckbox('share'),
      fields.getStringSelectValues('skill').join('+'),
    ]
    await interaction.reply({ content: said.join(' '), flags: MessageFlags.Ephemeral })
  }
}

export async function connect(server: DiscordServer, options: Partial<ClientOptions> = {}) {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    ...options,
    rest: { api: server.apiUrl, ...options.rest },
  })
  const errors: unknown[] = []
  const keep = (error: unknown) => void errors.push(error)
  client.on(Events.Error, keep)
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch(keep))
  client.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) message.reply(`You said ${message.content}.`).catch(keep)
  })
  const ready = new Promise<void>((done) => void client.once(Events.ClientReady, () => done()))
  await client.login(server.token).catch(async (error: unknown) => {
    await client.destroy()
    throw error
  })
  await ready
  await client.rest.put(`/applications/${client.application?.id ?? ''}/commands`, { body: commands })
  return { client, errors }
}
