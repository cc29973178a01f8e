// Pictures and files in the person's direct message with the bot. An ephemeral message takes no upload, and an image
// block needs an address that anybody could open; a file shared in the direct message is seen by these two alone.
import type { WebClient } from '@slack/web-api'
import type { Attached } from './draw.ts'

/** `room` is a conversation's id: Slack takes no user id here. */
export async function upload(client: WebClient, room: string, attached: readonly Attached[]): Promise<void> {
  for (const { name, bytes, alt } of attached)
    await client.filesUploadV2({
      channel_id: room,
      file: Buffer.from(bytes),
      filename: name,
      title: alt,
      alt_text: alt,
    })
}
