# %% [markdown]
# # Teach it your own relation in five minutes
#
# `kg` knows 38 relations. Yours may be missing: who insures whom, say. You need no training data and no code: you
# write down a few sentences that state it.

# %%
import kg

text = """Die Allianz versichert den Flugzeugbauer Airbus. Boeing wird seit 2010 von der Munich Re versichert.
Die Allianz versichert Siemens nicht. Swiss Re will den Autohersteller Volkswagen versichern."""

kg.extract(text)

# %% [markdown]
# ## 1. A file to start from
#
# `kg ontology new my.ttl` writes a commented Turtle file that works as it is: a class, a relation (who sponsors whom)
# and a name. It is a command for the terminal; the helper below runs such commands from here.

# %%
import subprocess
import sys


def terminal(*command: str) -> None:
    """Run `kg` and print what it prints."""
    ran = subprocess.run([sys.executable, "-m", "kg", *command], capture_output=True, encoding="utf-8", check=True)
    print(ran.stdout)


terminal("ontology", "new", "my.ttl", "--force")

# %% [markdown]
# Here is one with only what is needed. `{Organization}` is a place for a name; the first one is the subject.

# %%
from pathlib import Path

mine = Path("insurance.ttl")
written = mine.write_text(
    """
@prefix kg: <https://kg.example/ontology#> .
@prefix my: <https://newsroom.example/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://newsroom.example/terms> a owl:Ontology ; owl:versionInfo "0.1.0" .

my:insures a owl:ObjectProperty ;
    rdfs:label "versichert"@de , "insures"@en ;
    skos:definition "Das erste trägt gegen Prämie die Schäden des zweiten."@de ,
        "The first bears the losses of the second, for a premium."@en ;
    rdfs:domain kg:Organization ;
    rdfs:range kg:Organization ;
    kg:pattern
        "{Organization} versichert {Organization}"@de ,
        "{Organization} ist der Versicherer von {Organization}"@de ,
        "{Organization} insures {Organization}"@en ,
        "{Organization} is the insurer of {Organization}"@en .
""",
    encoding="utf-8",
)

# %% [markdown]
# ## 2. Was it understood?
#
# `kg ontology check` shows what was made of each sentence: its verb or noun, and where subject and object stand.

# %%
terminal("ontology", "check", "insurance.ttl")

# %% [markdown]
# ## 3. Read with it
#
# Nobody wrote an example for the passive, for "not" or for "wants to". They are grammar, and grammar is known.

# %%
kg.extract(text, ontology=[mine])

# %% [markdown]
# English was taught by two sentences of its own, and fills the same relation.

# %%
english = """Allianz insures the aircraft maker Airbus. Boeing, which Munich Re has insured since 2010, declined to
comment. Lufthansa is insured by Allianz."""

graph = kg.build([text, english], ontology=[mine])
graph.query("SELECT ?insurer ?insured { ?insurer <https://newsroom.example/terms#insures> ?insured }")

# %% [markdown]
# The new relation is like any other: it is explained, counted and drawn.

# %%
graph.explain(property="insures")

# %% [markdown]
# ## 4. Go on
#
# On the command line it is `kg build ARTICLES --ontology insurance.ttl`. Does it find too little, then add a sentence
# with the verb or noun that is missing. Does it find too much, then narrow `rdfs:domain` and `rdfs:range`. More is
# said in the section "Teach a relation" of the README.

# %%
for made in (mine, Path("my.ttl")):
    made.unlink(missing_ok=True)
