type Listener = () => void;
const listeners = new Set<Listener>();

/** Tells a delivery loop of this process that something was stored; other processes find it by polling. */
export function wakeDelivery(): void {
  for (const listener of listeners) listener();
}

/** Returns the function that stops listening. */
export function onDeliveryWakeUp(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
