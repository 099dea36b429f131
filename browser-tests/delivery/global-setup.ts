import { provideMosquitto } from '../../scripts/broker/mosquitto.js'

/** Once, before engines ask for it at the same time. Where it cannot be installed, the tests that need it say so. */
export default function globalSetup(): void {
  try {
    provideMosquitto()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
}
