// Need help now: in the first load, without login, network or store. What the practice and the person's own plan add comes
// when it is there, and never stands in the way.
import type { ComponentProps } from "preact";
import { countries, nameOf } from "../../app/countries.ts";
import { checkedOn, numberOf, numbers } from "../../app/emergency.ts";
import { ErrorBoundary } from "../../app/error-page.tsx";
import { later, Nothing } from "../../app/later.tsx";
import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { locale, t } from "../../app/words.ts";
import { country } from "../../data/flags.ts";
import { Icon } from "../../ui/icon.tsx";

const Reach = later(() => import("../../safety/reach.tsx"), Nothing, Nothing);

export default function Help() {
  const chosen = country.value.value ?? "";
  const number = numberOf(chosen);
  return (
    <Screen title={t("foundation.help.title")} frame="bare" backTo="/">
      <p class="lead">{t("foundation.help.danger")}</p>
      <May part="lines" />
      <section class="stack" aria-label={t("foundation.help.group")}>
        {number === null ? <AllNumbers /> : <Call number={number} text={t("foundation.help.call", { number })} />}
        <Country chosen={chosen} />
      </section>
      <a class="button wide-button" href="/safety-plan">{t("foundation.help.plan")}</a>
      <May part="people" />
      <section class="card">
        <h2>{t("foundation.help.ground.title")}</h2>
        <p>{t("foundation.help.ground.text")}</p>
        <a class="button" href="/play/back-in-the-room">
          {t("foundation.help.ground.button")}
        </a>
      </section>
      <p class="notice warm">{t("foundation.help.live")}</p>
      <p class="hint">{t("foundation.help.checked", { day: dayInWords(checkedOn) })}</p>
    </Screen>
  );
}

/** If it breaks or can't come, the numbers of this page stay. */
function May(props: ComponentProps<typeof Reach>) {
  return <ErrorBoundary path="/help" quiet><Reach {...props} /></ErrorBoundary>;
}

function Call({ number, text }: { number: string; text: string }) {
  return (
    <a class="call" href={`tel:${number}`}>
      <Icon name="call" />
      {text}
    </a>
  );
}

/** No country chosen yet: every number in the list, each with where it works. */
function AllNumbers() {
  return (
    <>
      <p>{t("foundation.help.generic")}</p>
      <ul class="rows">
        {numbers.map(([number, codes]) => (
          <li key={number}>
            <a class="row-link" href={`tel:${number}`}>
              <strong class="number">{number}</strong>
              <span class="where">{where(codes)}</span>
              <Icon name="call" />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function where(codes: readonly string[]): string {
  if (codes.length > 5) return t("foundation.help.europe");
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(codes.map(nameOf));
}

function Country({ chosen }: { chosen: string }) {
  return (
    <div class="field">
      <label for="country">{t("foundation.help.country")}</label>
      <select
        id="country"
        class="input"
        value={chosen}
        onChange={(event) => void country.set(event.currentTarget.value).catch(() => undefined)}
      >
        <option value="">{t("foundation.help.choose")}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
        <option value="other">{t("foundation.help.otherCountry")}</option>
      </select>
    </div>
  );
}

function dayInWords(day: string): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
