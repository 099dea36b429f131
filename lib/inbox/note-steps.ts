/** What is noted of a message. */
export type MarkState =
  /** Nothing. */
  | 'none'
  /** Somebody has begun to keep it, and perhaps died since. */
  | 'claimed'
  /** It was received. */
  | 'marked'

/** A step from one state to another. */
export type NoteStep =
  /** To receive it, unless somebody else is about to. */
  | 'mark'
  /** To begin to keep it. */
  | 'claim'
  /** To have kept it. */
  | 'confirm'
  /** Not to have received it: it was marked, and nobody was given it. */
  | 'withdraw'

/** `new`: done. `claimed`, `seen`: it is in that state, and stays in it. `gone`: its epoch is not kept. */
export type NoteOutcome = 'new' | 'claimed' | 'seen' | 'gone'

/** What each step does in each state: the state after it, and what it answers. */
export const noteSteps: {
  readonly [Step in NoteStep]: {
    readonly [State in MarkState]: readonly [after: MarkState, outcome: NoteOutcome]
  }
} = {
  mark: { none: ['marked', 'new'], claimed: ['claimed', 'claimed'], marked: ['marked', 'seen'] },
  claim: { none: ['claimed', 'new'], claimed: ['claimed', 'new'], marked: ['marked', 'seen'] },
  confirm: { none: ['marked', 'new'], claimed: ['marked', 'new'], marked: ['marked', 'seen'] },
  withdraw: { none: ['none', 'new'], claimed: ['claimed', 'new'], marked: ['none', 'new'] },
}
