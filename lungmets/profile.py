"""The profile: what is known of one patient, and nothing that could identify one.

Every field is optional, because not knowing is an ordinary state; what an unknown means is decided
by the gate, never by the profile. Construction checks types, ranges and words. A wrong one raises a
:class:`~lungmets.errors.ProfileError` that names every fault and carries the alerts of whatever
could be read.

>>> profile = PatientProfile(histology="adenocarcinoma", egfr="p.Leu858Arg", pd_l1_tps="<1", ecog_ps=1)
>>> profile.egfr.text, profile.pd_l1_tps.text, profile.alk.status
('l858r', '0-<1', <ResultStatus.NOT_TESTED: 'not_tested'>)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypedDict, Unpack

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    field_serializer,
    field_validator,
    model_validator,
)

from lungmets import intake, laboratory
from lungmets.results import Calcium, Closed, GeneResult, PdL1, wrong
from lungmets.vocabulary import (
    BrafVariant,
    BrainImaging,
    BrainLesions,
    Contraindication,
    EgfrVariant,
    Erbb2Variant,
    FusionVariant,
    Gene,
    Histology,
    KrasVariant,
    Leptomeningeal,
    MetastaticSite,
    MetVariant,
    Smoking,
    Stage,
)

EgfrResult: TypeAlias = GeneResult[EgfrVariant]
FusionResult: TypeAlias = GeneResult[FusionVariant]
KrasResult: TypeAlias = GeneResult[KrasVariant]
MetResult: TypeAlias = GeneResult[MetVariant]
BrafResult: TypeAlias = GeneResult[BrafVariant]
Erbb2Result: TypeAlias = GeneResult[Erbb2Variant]

Flag: TypeAlias = Annotated[bool | None, BeforeValidator(intake.flag)]
"""Yes, no, or not stated."""


def _gene(gene: Gene) -> Any:
    return BeforeValidator(laboratory.gene_result(gene))


_LONGEST_TEXT = 200
_short_text = intake.short_text(_LONGEST_TEXT)


class SymptomEntry(Closed):
    """One complaint, in the words of whoever tells it: what, since which day, and how it goes.

    ``course`` is free text; words such as ``worsening`` or ``resolved`` are understood in the log. None of
    them hides an alert: what is said to be gone still raises it.
    """

    what: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT), BeforeValidator(_short_text)]
    since: Annotated[date | None, BeforeValidator(intake.day)] = None
    course: Annotated[
        str | None,
        Field(max_length=_LONGEST_TEXT),
        BeforeValidator(lambda text: None if text is None else _short_text(text)),
    ] = None


class ProfileFields(TypedDict, total=False):
    """What may be written in each field of a :class:`PatientProfile`, for type checkers."""

    histology: Histology | str | None
    egfr: EgfrResult | str | Iterable[str] | Mapping[str, Any] | None
    alk: FusionResult | str | Mapping[str, Any] | None
    ros1: FusionResult | str | Mapping[str, Any] | None
    kras: KrasResult | str | Iterable[str] | Mapping[str, Any] | None
    met: MetResult | str | Iterable[str] | Mapping[str, Any] | None
    ret: FusionResult | str | Mapping[str, Any] | None
    braf: BrafResult | str | Iterable[str] | Mapping[str, Any] | None
    ntrk: FusionResult | str | Mapping[str, Any] | None
    erbb2: Erbb2Result | str | Iterable[str] | Mapping[str, Any] | None
    nrg1: FusionResult | str | Mapping[str, Any] | None
    pd_l1_tps: PdL1 | float | str | Mapping[str, Any] | None
    ecog_ps: int | None
    brain_lesions: int | BrainLesions | str | None
    brain_largest_mm: float | None
    brain_symptomatic: bool | str | None
    brain_mass_effect: bool | str | None
    brainstem: bool | str | None
    brain_cavity: bool | str | None
    leptomeningeal: Leptomeningeal | str | None
    brain_imaging: BrainImaging | str | None
    metastatic_sites: Iterable[MetastaticSite | str] | None
    metastasis_counts: Mapping[str, int] | None
    bone_metastases: bool | str | None
    bone_pain: bool | str | None
    impending_fracture: bool | str | None
    cord_compression: bool | str | None
    creatinine_clearance_ml_min: float | None
    calcium: Calcium | str | Mapping[str, Any] | None
    albumin_g_l: float | None
    contraindications: Iterable[Contraindication | str] | None
    contraindications_excluded: Iterable[Contraindication | str] | None
    symptoms: Iterable[SymptomEntry | str | Mapping[str, Any]] | None
    stage: Stage | str | None
    prior_systemic_therapy: bool | str | None
    age: int | None
    smoking: Smoking | str | None
    pregnant: bool | str | None


class PatientProfile(Closed):
    """What is known of one patient with lung cancer.

    Units: ``pd_l1_tps`` percent of tumour cells; ``brain_largest_mm`` millimetres, largest diameter;
    ``creatinine_clearance_ml_min`` mL/min (Cockcroft-Gault, as the label with a renal limit uses it);
    ``albumin_g_l`` g/L; ``age`` years; ``calcium`` with its own unit.

    Raises:
        ProfileError: a wrong type, an unknown field, an unknown word, a number out of range.
    """

    histology: Annotated[Histology | None, BeforeValidator(intake.histology)] = None
    egfr: Annotated[EgfrResult, _gene(Gene.EGFR)] = Field(None, validate_default=True)
    alk: Annotated[FusionResult, _gene(Gene.ALK)] = Field(None, validate_default=True)
    ros1: Annotated[FusionResult, _gene(Gene.ROS1)] = Field(None, validate_default=True)
    kras: Annotated[KrasResult, _gene(Gene.KRAS)] = Field(None, validate_default=True)
    met: Annotated[MetResult, _gene(Gene.MET)] = Field(None, validate_default=True)
    ret: Annotated[FusionResult, _gene(Gene.RET)] = Field(None, validate_default=True)
    braf: Annotated[BrafResult, _gene(Gene.BRAF)] = Field(None, validate_default=True)
    ntrk: Annotated[FusionResult, _gene(Gene.NTRK)] = Field(None, validate_default=True)
    erbb2: Annotated[Erbb2Result, _gene(Gene.ERBB2)] = Field(None, validate_default=True)
    nrg1: Annotated[FusionResult, _gene(Gene.NRG1)] = Field(None, validate_default=True)
    pd_l1_tps: Annotated[PdL1, BeforeValidator(laboratory.pd_l1)] = PdL1()
    ecog_ps: Annotated[int | None, BeforeValidator(intake.whole(0, 4))] = None

    brain_lesions: Annotated[int | BrainLesions | None, BeforeValidator(intake.brain_lesions)] = None
    brain_largest_mm: Annotated[float | None, BeforeValidator(intake.measure(0.1, 200, "mm"))] = None
    brain_symptomatic: Flag = None
    brain_mass_effect: Flag = None
    brainstem: Flag = None
    brain_cavity: Flag = None
    leptomeningeal: Annotated[Leptomeningeal | None, BeforeValidator(intake.word(Leptomeningeal))] = None
    brain_imaging: Annotated[BrainImaging | None, BeforeValidator(intake.word(BrainImaging))] = None

    metastatic_sites: Annotated[
        tuple[MetastaticSite, ...] | None, BeforeValidator(intake.word_set(MetastaticSite))
    ] = None
    metastasis_counts: Annotated[
        tuple[tuple[MetastaticSite, int], ...], BeforeValidator(intake.site_counts)
    ] = ()
    bone_metastases: Flag = None
    bone_pain: Flag = None
    impending_fracture: Flag = None
    cord_compression: Flag = None

    creatinine_clearance_ml_min: Annotated[
        float | None, BeforeValidator(intake.measure(0, 300, "mL/min"))
    ] = None
    calcium: Annotated[Calcium | None, BeforeValidator(laboratory.calcium)] = None
    albumin_g_l: Annotated[float | None, BeforeValidator(intake.measure(5, 80, "g/L"))] = None

    contraindications: Annotated[
        tuple[Contraindication, ...] | None, BeforeValidator(intake.word_set(Contraindication))
    ] = None
    contraindications_excluded: Annotated[
        tuple[Contraindication, ...] | None, BeforeValidator(intake.word_set(Contraindication))
    ] = None
    symptoms: Annotated[tuple[SymptomEntry, ...], BeforeValidator(intake.symptoms)] = ()
    stage: Annotated[Stage | None, BeforeValidator(intake.word(Stage))] = None
    prior_systemic_therapy: Flag = None
    age: Annotated[int | None, BeforeValidator(intake.whole(0, 120, "years"))] = None
    smoking: Annotated[Smoking | None, BeforeValidator(intake.word(Smoking))] = None
    pregnant: Flag = None

    if TYPE_CHECKING:
        # What a caller may write, which is more than what is kept. Type checkers read this
        # signature; at run time the validators above do the work.
        def __init__(self, **fields: Unpack[ProfileFields]) -> None: ...

    @field_serializer("metastasis_counts")
    def _counts_as_table(self, counts: tuple[tuple[MetastaticSite, int], ...]) -> dict[str, int]:
        return {site.value: number for site, number in counts}

    @field_validator("contraindications_excluded")
    @classmethod
    def _not_both(cls, excluded: Any, info: Any) -> Any:
        stated = set(info.data.get("contraindications") or ())
        both = sorted(stated & set(excluded or ()))
        if both:
            raise wrong(
                f"{', '.join(both)} stands in contraindications as well",
                expected="each word in one of the two lists",
            )
        return excluded

    @model_validator(mode="wrap")
    @classmethod
    def _explain(
        cls, data: Any, handler: ModelWrapValidatorHandler[PatientProfile], info: ValidationInfo
    ) -> PatientProfile:
        if isinstance(data, Mapping):
            # What can be read once only is kept: the alerts of an error are found in a second reading.
            data = {name: list(part) if isinstance(part, Iterator) else part for name, part in data.items()}
        try:
            return handler(data)
        except ValidationError as error:
            from lungmets.salvage import READING_AGAIN, profile_error  # knows the knowledge, for the alerts

            if info.context is READING_AGAIN:
                raise
            raise profile_error(error, data) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Reads a profile that was stored as JSON (``profile.model_dump_json()``).

        Raises:
            ProfileError: a field of the profile is wrong.
            DocumentError: the text is not JSON, or a key stands twice in it.
        """
        from lungmets.salvage import refuse_broken_json

        refuse_broken_json(json_data)
        return super().model_validate_json(json_data, **options)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with other values for some fields. They are read like those of a new profile.

        >>> PatientProfile(egfr="L858R").model_copy(update={"egfr": "negative"}).egfr.text
        'negative'
        """
        if update is None:
            return super().model_copy(deep=deep)
        return type(self)(**{**{name: getattr(self, name) for name in FIELDS}, **update})

    def gene(self, gene: Gene) -> GeneResult[Any]:
        """The result of one gene.

        >>> PatientProfile(alk="EML4-ALK fusion").gene(Gene.ALK).text
        'fusion'
        """
        found: GeneResult[Any] = getattr(self, gene.value)
        return found


FIELDS: tuple[str, ...] = tuple(PatientProfile.model_fields)
"""The names of the fields, in the order in which they are documented."""
