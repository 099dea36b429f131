import * as library from 'mls-targeted-messages'
import { allSuites } from '../../browser-tests/tasks/library.js'
import { platformFacts } from '../../browser-tests/tasks/platform.js'
import { groupTasks, type Task } from './groups.js'
import { answerPostQuantum, type GivenPostQuantum, type PostQuantumAnswers } from './post-quantum.js'
import { answerVectors, type GivenVectors, type VectorAnswers } from './vectors.js'

/** What a task gave, or the error that it threw. */
export type TaskAnswer = { readonly gave: unknown } | { readonly threw: string }

/** All that a runtime says. */
export interface Answers {
  readonly suites: readonly number[]
  readonly platform: Readonly<Record<string, string>>
  /** In the order in which they were given. */
  readonly vectors: readonly VectorAnswers[]
  /** By suite, of those that the runtime has, and by task. */
  readonly tasks: Readonly<Record<number, Readonly<Record<string, TaskAnswer>>>>
  readonly postQuantum: PostQuantumAnswers
}

/** All that a runtime is given. */
export interface Given {
  readonly vectors: readonly GivenVectors[]
  readonly postQuantum: readonly GivenPostQuantum[]
}

/** Runs in the runtime, around the package that it loaded. */
export async function run(given: Given): Promise<Answers> {
  const suites = await library.supportedCipherSuites()
  const vectors: VectorAnswers[] = []
  for (const vector of given.vectors) vectors.push(await answerVectors(library, vector))
  const tasks: Record<number, Record<string, TaskAnswer>> = {}
  for (const suite of allSuites.filter((known) => suites.includes(known))) {
    const answers: Record<string, TaskAnswer> = {}
    for (const [name, task] of Object.entries<Task>(groupTasks)) {
      answers[name] = await task.run(library, suite).then(
        (gave) => ({ gave }),
        (error) => ({ threw: told(error) }),
      )
    }
    tasks[suite] = answers
  }
  const postQuantum = await answerPostQuantum(given.postQuantum)
  return { suites, platform: await platformFacts(), vectors, tasks, postQuantum }
}

/** With its causes, since this line is all that is seen of it. */
const told = (error: unknown): string =>
  error instanceof Error
    ? [String(error), ...(error.cause === undefined ? [] : [told(error.cause)])].join(', for ')
    : String(error)
