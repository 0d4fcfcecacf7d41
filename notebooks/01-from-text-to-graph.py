# ruff: noqa: B018  (a cell ends with what it shows)
# %% [markdown]
# # From a text to a graph
#
# `kg` reads news and writes down who does what to whom: as a graph that you can ask, look at, and follow back to the
# very words it came from. Nothing leaves your machine.
#
# Start with a text.

# %%
import kg

text = """Der chinesische Konzern Huawei arbeitet mit dem russischen Betreiber MTS zusammen.
Die USA verklagen Huawei. Deutschland schließt Huawei nicht aus.
Google will das Unternehmen Fitbit übernehmen."""

kg.extract(text)

# %% [markdown]
# Each line is a **statement**: two names, a relation, and a *status*. `asserted` means that the text itself says so;
# what is only planned, alleged or denied is kept as well, but never becomes a fact of the graph.
#
# Texts make a graph when they are built. Paths of files and folders work just as well.

# %%
more = """Nach Angaben der Telekom kooperiert Nokia mit Ericsson. Der finnische Ausrüster Nokia konkurriert
mit Huawei. Donald Trump traf in Osaka den chinesischen Präsidenten Xi Jinping."""

graph = kg.build([text, more])
graph

# %% [markdown]
# ## Ask
#
# The graph speaks SPARQL. Names of entities and relations need no long addresses: `entity:huawei`, `kg:partnersWith`.

# %%
graph.query("""
SELECT ?who ?relation ?whom WHERE {
  ?who ?relation ?whom .
  ?who rdfs:label ?name .
  ?whom rdfs:label ?other .
}
ORDER BY ?name ?relation ?other
""")

# %% [markdown]
# Thirty-two queries have names; `kg query --list` shows them. Their parameters are names as the texts have them.

# %%
graph.query("shortest-chain", bind={"from": "MTS", "to": "Ericsson"})

# %%
graph.query("statements-by-status", bind={"status": "planned"}, labels=True)

# %% [markdown]
# ## Explain
#
# Where does a line come from? Every one leads back to its sentence, with the words marked that carry it.

# %%
graph.explain("Huawei")

# %% [markdown]
# What a text only plans, doubts or denies can be asked for as well.

# %%
graph.to_pandas().query("status not in ['asserted', 'reported']")[["subject", "property", "object", "status", "quote"]]

# %% [markdown]
# ## Everything else that is said
#
# The relations above are those that the ontology knows. Every fact, in the words of its sentence, is there as well.

# %%
kg.open_triples("Huawei hat am Mittwoch in Moskau eine Vereinbarung mit MTS getroffen.")

# %% [markdown]
# ## Measure
#
# As a NetworkX graph it is open to every measure there is. Who is linked most?

# %%
network = graph.to_networkx()
sorted(((network.degree(node), network.nodes[node]["label"]) for node in network), reverse=True)[:5]

# %% [markdown]
# ## Look
#
# The page below is one file that loads nothing. Click a line to read its sentences, a name to see its relations;
# `graph.view("graph.html")` writes it to a file that you can send to anybody.

# %%
from html import escape

from IPython.display import HTML

page = graph.view(title="Huawei in two texts")
HTML(f'<div><iframe srcdoc="{escape(page)}" sandbox="allow-scripts" width="100%" height="560"></iframe></div>')

# %% [markdown]
# The graph can be handed on as Turtle, JSON-LD, GraphML, GEXF or CSV: `graph.export("graph.ttl")`.
