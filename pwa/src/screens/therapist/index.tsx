// The therapist's part, in one chunk that a client's phone never loads. Online only; nothing of it is kept on the device.
import "../../styles/therapist.css";
import "../../styles/therapist-client.css";
import "../../styles/therapist-assign.css";
import "../../styles/therapist-invite.css";
import "../../styles/therapist-own.css";
import { useLocation } from "preact-iso/router";
import { later } from "../../app/later.tsx";
import { me } from "../../data/session.ts";
import { at } from "./accompanying-words.ts";
import { AssignPage } from "./assign.tsx";
import { ClientPage } from "./client.tsx";
import { Clients } from "./clients.tsx";
import { CrisisLinesPage } from "./crisis-lines.tsx";
import { Desk } from "./desk.tsx";
import { ExercisePage, ExercisesPage } from "./exercises.tsx";
import { partIn } from "./parts.ts";
import { SignIn } from "./sign-in.tsx";
import { tt } from "./words.ts";

const Lists = later(() => import("./lists.tsx"));
const EditPage = later(() => import("./edit.tsx"));
const BriefPage = later(() => import("./brief-page.tsx"));
const Staff = later(() => import("./staff.tsx"));
const Supervised = later(() => import("./supervised.tsx"));
const PreviewPage = later(() => import("./preview-page.tsx"));
const OwnList = later(() => import("./own/list.tsx"));
const OwnEdit = later(() => import("./own/edit.tsx"));

/** Every therapist page, by the address. Signed out, each address shows the sign-in form and goes on from there. */
export default function Therapist() {
  const { path } = useLocation();
  if (path === "/sign-in") return <SignIn />;
  if (me.value === undefined) return null;
  if (me.value?.role !== "therapist" && me.value?.role !== "admin") return <SignIn />;
  const [, played, how] = /^\/exercises\/([a-z0-9-]+)\/(preview|draft)\/?$/.exec(path) ?? [];
  if (played !== undefined) return <PreviewPage key={path} id={played} draft={how === "draft"} />;
  const [, written] = /^\/exercises\/(own-[a-z0-9-]+)\/edit\/?$/.exec(path) ?? [];
  if (written !== undefined) return <OwnEdit key={written} id={written} />;
  if (/^\/exercises\/own\/?$/.test(path)) return <OwnList />;
  const [, exercise] = /^\/exercises(?:\/([a-z0-9-]+))?\/?$/.exec(path) ?? [null];
  if (exercise !== undefined && exercise !== null) return <ExercisePage key={exercise} id={exercise} />;
  if (path.replace(/\/$/, "") === "/exercises") return <ExercisesPage />;
  if (path.replace(/\/$/, "") === "/crisis-lines") return <CrisisLinesPage />;
  if (me.value.role === "admin") return path.replace(/\/$/, "") === "/clients/staff" ? <Staff /> : <NotHere />;
  const supervised = /^\/clients\/supervised(?:\/([0-9a-f-]{36}))?\/?$/.exec(path);
  if (supervised) return <Supervised key={supervised[1] ?? ""} id={supervised[1]} />;
  const [list, listed, set] = /^\/clients\/lists(?:\/([0-9a-f-]{36})(\/set)?)?\/?$/.exec(path) ?? [];
  if (list !== undefined) return <Lists key={path} id={listed} setting={set !== undefined} />;
  const [, of, assignment] = /^\/clients\/([0-9a-f-]{36})\/assign\/([0-9a-f-]{36})\/?$/.exec(path) ?? [];
  if (of !== undefined && assignment !== undefined) return <EditPage key={assignment} id={of} assignment={assignment} />;
  const [, client, page] = /^\/clients\/([0-9a-f-]{36})(?:\/([a-z]+))?\/?$/.exec(path) ?? [];
  if (client !== undefined && page === "brief") return <BriefPage key={client} id={client} />;
  if (client !== undefined && page === "assign") return <AssignPage key={client} id={client} />;
  const part = partIn(page);
  if (client !== undefined && part !== null) return <ClientPage key={client} id={client} part={part} />;
  return path.replace(/\/$/, "") === "/clients" ? <Clients /> : <NotFound />;
}

function NotFound() {
  return (
    <Desk title={tt("therapist.notFound.title")} backTo="/clients">
      <p>{tt("therapist.notFound.text")}</p>
    </Desk>
  );
}

/** An admin is signed in; there is nothing clinical for them. */
function NotHere() {
  return (
    <Desk title={tt("therapist.admin.title")}>
      <p>{tt("therapist.admin.text")}</p>
      <p><a class="button" href="/exercises">{tt("therapist.admin.exercises")}</a></p>
      <p><a class="button" href="/crisis-lines">{tt("therapist.lines.title")}</a></p>
      <p><a class="button" href="/clients/staff">{at("accompanying.staff.title")}</a></p>
    </Desk>
  );
}
