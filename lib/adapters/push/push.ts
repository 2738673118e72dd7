/** Where a browser is reached, and what only it and we know (RFC 8291, 2). All of it in base64url but the address. */
export interface PushTarget {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface PushOptions {
  /** Seconds that the push service keeps it for a browser that is away. */
  ttl: number;
  /** `high` wakes a sleeping phone (RFC 8030, 5.3). */
  urgency: "normal" | "high";
  /** What is still undelivered of the same topic is replaced (RFC 8030, 5.4): up to 32 characters of base64url. */
  topic: string;
}

/** Web Push, from this server. */
export interface Push {
  /** The VAPID key that browsers tie their subscriptions to (RFC 8292, 4), uncompressed, in base64url. */
  publicKey: string;
  /**
   * Why nothing can be sent there, in words for whoever asked; null when it can: https, and on the public internet.
   */
  problemWith(endpoint: string): Promise<string | null>;
  /**
   * Seals the payload for the browser and hands it to the push service. `gone`: the subscription has ended, for good.
   * @param payload text of at most 3,993 bytes (RFC 8291, 4)
   * @throws DeliveryError
   */
  send(to: PushTarget, payload: string, options: PushOptions): Promise<"taken" | "gone">;
}
