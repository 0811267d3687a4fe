"""`/api/practice/templates`: lists of exercises that the practice's therapists set for many."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.models import Millis, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import Name
from server.store.templates import Item, Template, Templates


class TemplateList(msgspec.Struct):
    """The templates of the viewer's practice, by name."""

    templates: list[Template]


class NewTemplate(Strict, frozen=True):
    """A template, whole; `rev` is that of what was on screen, 0 where there was nothing."""

    name: Name
    items: Annotated[list[Item], Meta(max_length=100)]
    rev: Annotated[int, Meta(ge=0)]


@get("/api/practice/templates", guards=[therapist_only])
async def list_templates(viewer: NamedDependency[Viewer], templates: NamedDependency[Templates]) -> TemplateList:
    """The templates of the viewer's practice."""
    return TemplateList(await templates.all(viewer))


@put("/api/practice/templates/{template_id:uuid}", guards=[therapist_only])
async def put_template(
    template_id: FromPath[UUID],
    data: JSONBody[NewTemplate],
    viewer: NamedDependency[Viewer],
    templates: NamedDependency[Templates],
    now: NamedDependency[Millis],
) -> Template:
    """Add a template under an id the page made, or change the one there is. What was set from it stays as it is."""
    template = Template(id=str(template_id), name=data.name.strip(), items=data.items, rev=data.rev)
    return await templates.put(viewer, template, now)


@delete("/api/practice/templates/{template_id:uuid}", guards=[therapist_only])
async def remove_template(
    template_id: FromPath[UUID], viewer: NamedDependency[Viewer], templates: NamedDependency[Templates]
) -> None:
    """Remove a template of the practice."""
    await templates.remove(viewer, str(template_id))


routes = [list_templates, put_template, remove_template]
