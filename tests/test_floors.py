"""The shape of the house: a module imports only from what stands before it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"

# From the ground up. Within a floor, what stands left of another module is below it.
FLOORS = (
    (0, "errors extras quiet namespaces line_sort"),
    (
        1,
        "records qualifier_words dates date_expressions quantities terms patterns turtle class_nouns declarations "
        "examples ontology_files ontology owl_profile ontology_checks models morphology quotation_marks",
    ),
    (
        2,
        "clean_text article_fields markdown notices asides blocks drafts markup page_fields html_pages feeds pdf_files "
        "docx_files mails web_archives date_forms "
        "field_names field_forms text_bytes media_types documents text_files rows parquet_rows containers peers web "
        "fetching readers sources article_ids articles",
    ),
    (2, "schemes analysis recipe"),
    (
        2,
        "trees former_states modality_words subjunctive conjunctions suppositions modality noun_modality voice houses "
        "nominals english_wares noun_clauses adjective_clauses participants genders roles adverbs participles promoted "
        "clauses turned prepositions noun_phrases verb_groups fragments adverbials constituents noun_propositions "
        "german_borders german_predicates german_nominals german_conjuncts german_agreement relative_clauses "
        "clause_borders german_valency german_phrases german_trees english_phrases english_clauses "
        "english_attachments english_places english_verbs english_relatives english_trees repair clause_scope "
        "event_times",
    ),
    (
        2,
        "qualifier_quads credit_quads rdf rdf_files rdf_streams open_quads sparql_text binding sparql answers "
        "query_limits snapshots engines protocol endpoint reprints source_graph source_counts independence "
        "store_engines counts changes store_version bookkeeping settling removal link_quads lookup explanations "
        "explaining store bulk store_files query_files query_values query_names queries",
    ),
    (
        3,
        "legal_forms name_index name_variants acronyms name_spans name_borders name_phrases name_guesses compounds "
        "names kinds described mentions pronouns candidates coreference entities alias_rows aliases fillers "
        "post_words topics qualifiers frame_records frame_cache frame_words frames frame_fit confidence specificity "
        "frame_matching events propositions statements",
    ),
    (3, "graphs open_graphs results"),
    (3, "axioms inference inferred shapes shape_queries validation"),
    (
        4,
        "entity_lists tables timeline told comparison removing since expectations contradictions conflicts layout "
        "communities pictures views ontology_docs formats nanopubs neo4j jsonld describe export link_calls "
        "link_names link_sources link_files linking gold matching qualifier_scores misses scores open_gold "
        "open_scores evaluation versions reading reports workers pipeline updating store_status newsroom "
        "knowledge_graph",
    ),
    (
        5,
        "printing entity_printing open_printing query_printing newsroom_printing cli_common run_printing cli_build "
        "cli_entities cli_ontology cli_evaluate cli_export cli_link cli_query cli_reasoning cli_stores cli_triples "
        "cli_newsroom cli_comparison cli __init__ __main__",
    ),
)
ORDER = [name for _, names in FLOORS for name in names.split()]
FLOOR = {name: number for number, names in FLOORS for name in names.split()}
WING = {name: names for _, names in FLOORS for name in names.split()}

# Who may use what is heavy, or writes: all others get records.
KEEPERS = {
    "spacy": "models morphology analysis recipe",
    "HanTa": "morphology",
    "pyoxigraph": "terms qualifier_quads credit_quads rdf open_quads sparql answers engines endpoint changes "
    "store_version source_graph source_counts independence explaining bookkeeping settling link_quads "
    "store query_values inferred shapes shape_queries validation bulk export turtle rdf_files rdf_streams "
    "counts lookup nanopubs jsonld describe link_names link_sources removal",
    "rdflib": "terms rdf sparql answers engines endpoint changes store query_values queries validation export "
    "turtle knowledge_graph",
    "networkx": "graphs layout communities views export knowledge_graph",
    "pyvis": "views",
    "pandas": "sparql results entity_lists tables timeline comparison knowledge_graph conflicts since",
    "matplotlib": "timeline",
    "typer": "cli cli_build cli_common cli_entities cli_ontology cli_evaluate cli_export cli_link cli_query "
    "cli_reasoning cli_stores cli_triples cli_newsroom cli_comparison",
    "rich": "cli cli_common run_printing cli_entities cli_ontology cli_evaluate cli_export cli_link cli_query "
    "cli_reasoning cli_stores printing entity_printing open_printing query_printing newsroom_printing "
    "cli_newsroom cli_comparison",
    "requests": "protocol peers web",
    "urllib3": "peers",
    "protego": "fetching",
    "pyshacl": "validation",
    "rapidfuzz": "link_names link_sources",
    "lxml": "markup",
    "trafilatura": "html_pages",
    "feedparser": "feeds",
    "pypdf": "pdf_files",
    "docx": "docx_files",
    "warcio": "web_archives",
    "rensa": "reprints",
}


def module_name(path: Path) -> str:
    """The name on its floor; ``recipe`` stands for all that trains the bundled pipelines."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "recipe" if parts[:2] == ("models", "recipe") else parts[0]


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write kg.{node.module} instead of a relative import"
            if node.module == "kg":
                found.update(f"kg.{alias.name}" for alias in node.names)
            else:
                found.add(node.module or "")
    return found


def below(path: Path) -> set[str]:
    """The modules of kg that a file imports."""
    names = {name.split(".")[1] if "." in name else "__init__" for name in imports(path) if name.split(".")[0] == "kg"}
    return names - {"__version__", module_name(path)}


def test_every_module_has_a_floor():
    assert {module_name(path) for path in sources()} == set(ORDER)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_come_from_below(path):
    here = module_name(path)
    for name in below(path):
        where = f"{here} (floor {FLOOR[here]}) imports {name} (floor {FLOOR[name]})"
        assert FLOOR[name] < FLOOR[here] or WING[name] == WING[here], where
        assert ORDER.index(name) < ORDER.index(here) or here in {"cli", "__init__"}, where


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_have_keepers(path):
    for name in imports(path):
        keepers = KEEPERS.get(name.split(".")[0])
        assert keepers is None or module_name(path) in keepers.split(), f"{module_name(path)} imports {name}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_and_functions_stay_readable(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} has more than 60 lines"


def test_the_check_can_fail(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    path = tmp_path / "records.py"
    path.write_text("def late():\n    from kg import store\n    import spacy.tokens\n")
    assert below(path) == {"store"}
    with pytest.raises(AssertionError, match=r"records \(floor 1\) imports store \(floor 2\)"):
        test_imports_come_from_below(path)
    with pytest.raises(AssertionError, match=r"records imports spacy\.tokens"):
        test_libraries_have_keepers(path)
