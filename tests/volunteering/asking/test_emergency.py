import pytest

from volunteering.emergency import sounds_like_emergency


@pytest.mark.parametrize(
    "text",
    [
        "Babcia nie oddycha!", "mąż ma ZAWAŁ", "krwawi z nosa od godziny", "mieliśmy pożar",
        "Nie chcę już żyć", "myślę o samobójstwie", "on mnie pobił", "ma duszności",
        "dziadek stracił przytomność", "miała wypadek",
        "мама не дихає", "У батька інсульт", "пожежа в хаті", "думаю про самогубство",
        "My mother is unconscious", "chest pain since morning", "he can't breathe", "gas leak",
    ],
)  # fmt: skip
def test_danger_is_heard(text: str) -> None:
    assert sounds_like_emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Zakupy na wypadek śniegu", "Chodzę o lasce, mieszkam na trzecim piętrze",
        "Pożyczę książkę", "Proszę zadzwonić przed przyjściem", "Lekarz o 10, przychodnia Zawalna",
        "Потрібна допомога з покупками", "A walk in the park, she likes to talk",
    ],
)  # fmt: skip
def test_everyday_things_are_not_danger(text: str) -> None:
    assert not sounds_like_emergency(text)
