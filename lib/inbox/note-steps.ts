/** The state of a message. */
export type MarkState =
  /** Not received. */
  | 'none'
  /** `keep` has begun, here or elsewhere, and may have been interrupted. */
  | 'claimed'
  /** It was received. */
  | 'marked'

/** A step from one state to another. */
export type NoteStep =
  /** Mark it, unless it is claimed. */
  | 'mark'
  /** Before `keep` runs. */
  | 'claim'
  /** After `keep` has resolved. */
  | 'confirm'
  /** Undo the mark of a message that was not handed out. */
  | 'withdraw'

/** `new`: the step was taken. `claimed`, `seen`: it was claimed or marked before. `gone`: its epoch is not kept. */
export type NoteOutcome = 'new' | 'claimed' | 'seen' | 'gone'

/** What each step does in each state: the new state, and the outcome. */
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
