import type { DeliveryService } from './delivery-service.js'
import { LocalDelivery } from './local.js'

/** The tabs of this browser; with `?broker=ws://…`, everybody who has the same broker. */
export async function openDelivery(parameters: URLSearchParams, room: string): Promise<DeliveryService> {
  const broker = parameters.get('broker')
  if (broker === null) return new LocalDelivery(room)
  const url = URL.canParse(broker) ? new URL(broker) : undefined
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') {
    throw new Error(`?broker= takes an address such as ws://127.0.0.1:9001, and not "${broker}"`)
  }
  // Loaded only if there is a broker.
  const { MqttDelivery } = await import('./mqtt.js')
  return new MqttDelivery(url.href, room)
}
