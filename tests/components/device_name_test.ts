import { expect } from "expect";
import { deviceName } from "../../components/me/device_name.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

Deno.test("a device is called by browser and system when its user agent tells them", () => {
  const named = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox on Linux",
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`]:
      "Edge on Windows",
    [`Mozilla/5.0 (Linux; Android 15) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`]:
      "Samsung Internet on Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":
      "Safari on iPhone",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":
      "Safari on macOS",
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`]:
      "Chrome on ChromeOS",
  };
  for (const [userAgent, name] of Object.entries(named)) expect(deviceName(userAgent)).toBe(name);
});

Deno.test("a program is called by its first word, and silence is an unknown device", () => {
  expect(deviceName("curl/8.5.0")).toBe("curl");
  expect(deviceName("")).toBe("Unknown device");
  expect(deviceName("<script>")).toBe("Unknown device");
});
