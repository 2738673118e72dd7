import { Hub } from "../../../lib/realtime/hub.ts";

/**
 * Forget the cursor: a channel that hears of news goes on from there, and never reads what lies between. Nobody is told
 * of what other isolates have committed.
 */
export function forgetCursor(reached: () => void): void {
  const heard = Hub.prototype.heard;
  Hub.prototype.heard = function (heads) {
    const news = [...heads];
    for (const [roomId, head] of news) {
      const channel = this.find(roomId);
      if (!channel || head <= channel.cursor) continue;
      reached();
      channel.cursor = channel.target = head;
    }
    heard.call(this, news);
  };
}
