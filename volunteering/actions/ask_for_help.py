from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.codes import new_code
from events.enrolling import save_new_people
from events.matching_people import comers, current_card, known_booker
from events.party import Attendee
from portal.accounts.models import Person, User
from portal.accounts.notices import current_notice
from portal.audit.models import record
from volunteering.asked import tell_asked
from volunteering.models import HelpRequest
from volunteering.orders import HelpOrder
from volunteering.refusals import AlreadyChanged
from volunteering.vocabulary import NEEDS_CAR, PREFERRED_FOR, REMOTE, SKILLS_FOR, WITH_MINORS

# Whoever drives others, or is alone with a child, is of age.
_ADULTS_ONLY = NEEDS_CAR | WITH_MINORS
_OF_AGE, _YOUNGEST = 18, 16
BY_MACHINE = (Person.Channel.EMAIL, Person.Channel.SMS)
# Rows that say the form came before, or the code is somebody's: then everything is done once more.
_ONCE_MORE = ("idempotency_key", "code")


def ask_for_help(*, order: HelpOrder, acting_user: User | None) -> HelpRequest:
    """Write down that somebody asks for help; the same form sent again is the same request.

    A guest never learns whether we have a card of theirs, and no card is changed by it.

    Raises:
        AlreadyChanged: that time has begun meanwhile, or whoever asks was erased.
        ValidationError: whoever is to be helped does not agree, or a contact lacks its means.
    """
    try:
        return _ask(order, acting_user)
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if not any(name in (constraint or "") for name in _ONCE_MORE):
            raise
        return _ask(order, acting_user)


@transaction.atomic
def _ask(order: HelpOrder, acting_user: User | None) -> HelpRequest:
    earlier = HelpRequest.objects.filter(idempotency_key=order.key).first()
    if earlier is not None:
        return earlier
    if not order.has_agreed:
        raise ValidationError(_("Ask only for somebody who agrees to it."))
    if order.starts_at <= timezone.now():
        raise AlreadyChanged(_("This time has passed. Choose another one."))
    asker, knows_asker = _asker(order)
    helped, knows_helped = _helped(order, asker, knows_asker=knows_asker)
    notice = current_notice()
    new = [
        *([] if knows_asker else [asker]),
        *([] if knows_helped or helped is asker else [helped]),
    ]
    save_new_people(new, notice.pk if notice else None)
    request = _request(order, asker=asker, helped=helped)
    request.notice = notice
    request.taken_by = acting_user.pk if acting_user and request.channel != "web" else None
    request.save(force_insert=True)
    record(
        "help.asked", actor=acting_user.pk if acting_user else None, of=request,
        person=helped.pk, kind=request.kind, channel=request.channel,
        for_somebody_else=request.asked_by_id is not None,
    )  # fmt: skip
    if not _was_told(request):
        tell_asked(request)
    return request


def _was_told(request: HelpRequest) -> bool:
    """By whoever wrote it down for them; only a message by machine brings more, the link."""
    return request.taken_by is not None and request.contact.channel not in BY_MACHINE


def _asker(order: HelpOrder) -> tuple[Person, bool]:
    """Whoever asks, and whether they had a card before; a new one is not saved yet."""
    if order.asker is not None:
        return current_card(order.asker), True
    if order.contact is None:
        raise ValueError("An order says who asks.")
    known = known_booker(order.contact)
    return (known, True) if known else (order.contact.as_person(), False)


def _helped(order: HelpOrder, asker: Person, *, knows_asker: bool) -> tuple[Person, bool]:
    """Whoever is to be helped: by name and phone, or among those whoever asks has to do with."""
    if order.helped_card is not None:
        return current_card(order.helped_card), True
    if order.helped is None:
        return asker, knows_asker
    known = known_booker(order.helped)
    if known is not None:
        return known, True
    named = Attendee(first_name=order.helped.first_name, last_name=order.helped.last_name)
    [found] = comers(asker, [named], knows_booker=knows_asker)
    if not found.is_known:
        # Reached through whoever asks; the number is for the day itself.
        found.person.phone = order.helped.phone
    return found.person, found.is_known


def _request(order: HelpOrder, *, asker: Person, helped: Person) -> HelpRequest:
    kind = order.kind
    return HelpRequest(
        requester=helped,
        # With one name and one phone the two are one person.
        asked_by=None if helped.pk == asker.pk else asker,
        has_agreed=order.has_agreed,
        channel=order.channel,
        idempotency_key=order.key,
        code=new_code(),
        kind=kind,
        details=order.details[:1000],
        district_id=order.district,
        is_remote=kind in REMOTE,
        starts_at=order.starts_at,
        ends_at=order.ends_at,
        required_skills=list(SKILLS_FOR.get(kind, [])),
        preferred_skills=list(PREFERRED_FOR.get(kind, [])),
        languages=list(order.languages),
        needs_car=kind in NEEDS_CAR,
        with_minor=kind in WITH_MINORS,
        min_age=_OF_AGE if kind in _ADULTS_ONLY else _YOUNGEST,
    )
