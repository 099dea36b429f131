import { provideMosquitto } from '../../scripts/broker/mosquitto.js'

/** Installs Mosquitto once, before several engines need it. If that fails, the tests that need it say so. */
export default function globalSetup(): void {
  try {
    provideMosquitto()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
}
