// What a platform does about the rooms of groups, and what it says of them. The platforms implement this.
import type { Platform } from '../members/ports.ts'

/** Why a room could not be done with as asked. */
export type RoomTrouble = 'gone' | 'no-access' | 'no-right' | 'not-possible' | 'later'
export type RoomAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: RoomTrouble }

/** What a platform can do about the rooms of groups. Ids are the platform's own. Every call may be repeated without harm. */
export type RoomKeeper = {
  readonly platform: Platform
  /** A private room; found again by `mark`, so that a lost answer does not make a second one. */
  make(workspace: string, room: { readonly mark: string; readonly name: string }): Promise<RoomAnswer<string>>
  /** The accounts that are in it, without the bot. */
  people(workspace: string, room: string): Promise<RoomAnswer<readonly string[]>>
  letIn(workspace: string, room: string, user: string): Promise<RoomAnswer<void>>
  putOut(workspace: string, room: string, user: string): Promise<RoomAnswer<void>>
  /** Whether this one may write there; `not-possible` where the platform has no such thing. */
  mayWrite(workspace: string, room: string, user: string, may: boolean): Promise<RoomAnswer<void>>
  /** Whether anybody may write there. */
  openToWrite(workspace: string, room: string, open: boolean): Promise<RoomAnswer<void>>
  /** Seconds between two messages of one person; 0 is none. */
  slow(workspace: string, room: string, seconds: number): Promise<RoomAnswer<void>>
  archive(workspace: string, room: string): Promise<RoomAnswer<void>>
  /** Nobody hears from this account until then; undefined ends it. */
  timeOut(workspace: string, user: string, until: Date | undefined): Promise<RoomAnswer<void>>
  /** The words of one message, for staff who look at a report. */
  read(
    workspace: string,
    room: string,
    message: string,
  ): Promise<RoomAnswer<{ readonly user: string; readonly words: string }>>
  remove(workspace: string, room: string, message: string): Promise<RoomAnswer<void>>
}
/** By platform, once it is connected. */
export type RoomKeepers = (platform: Platform) => RoomKeeper | undefined

/** What a platform says of a room by itself. Ids are the platform's own. */
export type RoomNews =
  | {
      readonly kind: 'said'
      readonly workspace: string
      readonly room: string
      readonly user: string
      readonly message: string
      readonly words: string
      readonly link?: string
      /** By the platform's clock. */
      readonly at?: Date
    }
  /** Somebody went out of the room by themselves, or was put out by hand. */
  | { readonly kind: 'left'; readonly room: string; readonly workspace: string; readonly user: string }
  /** Somebody is in the whole workspace no more. */
  | { readonly kind: 'gone'; readonly workspace: string; readonly user: string }
  /** The room, or who is in it, is not as it was. */
  | { readonly kind: 'changed'; readonly room: string }
