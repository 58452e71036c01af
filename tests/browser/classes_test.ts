/** What moves, on the page: its mark beside the sentence, and a choice among kinds. */
import assert from "node:assert/strict";
import { classifiedBy } from "../../analysis/dsl/class_line.ts";
import { noBrowser } from "../support/browser.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { narration } from "../support/narrations.ts";

Deno.test({
  name: "The page says what each thing is, and shows those of one kind",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    const rows = page.locator(".told-row");
    feed.tell(narration(1, { text: "Something came", track: 1 }));
    await rows.first().waitFor();
    assert.equal(await page.getByRole("group", { name: "Show" }).count(), 0);

    const truck = { blob: 2, class: "vehicle", score: 0.94, detail: "truck" } as const;
    const classified = classifiedBy(truck);
    feed.tell(narration(2, { text: "A truck came", track: 2, classified }));
    const person = { blob: 3, class: "person", score: 0.5 } as const;
    const maybe = classifiedBy(person);
    feed.tell(
      narration(3, { text: "Probably a person came", track: 3, classified: maybe }),
    );
    await rows.nth(2).waitFor();
    // Nobody is told in words that nobody can tell; the row says it all the same.
    feed.frame([], { classes: [{ blob: 1, class: "unknown", score: 0.2 }] });
    await page.locator(".class-mark").nth(2).waitFor();
    const marks = await page.locator(".class-mark").allInnerTexts();
    assert.deepEqual(marks.map((mark) => mark.trim()), [
      ...["probably person", "truck", "unknown"],
    ]);

    const choice = page.getByRole("group", { name: "Show" });
    await choice.getByRole("button", { name: "Vehicles (1)" }).focus();
    await page.keyboard.press("Enter");
    await rows.nth(1).waitFor({ state: "detached" });
    assert.match(await rows.first().innerText(), /A truck came/);
    await choice.getByRole("button", { name: "All" }).click();
    await rows.nth(2).waitFor();
    assert.deepEqual(complaints, []);
  },
});
