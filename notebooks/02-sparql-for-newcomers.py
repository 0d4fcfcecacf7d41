# ruff: noqa: B018  (a cell ends with what it shows)
# %% [markdown]
# # SPARQL for newcomers
#
# A graph is asked in SPARQL. If you know none of it, twenty minutes with this notebook are enough. We ask the graph
# of the articles in `seeds/`, German and English news on companies and governments.

# %%
import kg

graph = kg.build("../seeds")
graph

# %% [markdown]
# ## A pattern with a gap
#
# The graph consists of triples: *subject, relation, object*. A query is a triple with gaps. A gap is a word with a
# question mark, and the answer is everything that fits into it. `entity:huawei` is a thing, `kg:basedIn` a relation.

# %%
graph.query("SELECT ?where { entity:huawei kg:basedIn ?where }")

# %% [markdown]
# Two gaps: who has taken over whom?

# %%
graph.query("SELECT ?buyer ?bought { ?buyer kg:acquires ?bought }")

# %% [markdown]
# The table shows labels. What it holds are IRIs, addresses that stand for one thing each: point at a cell to see it.
#
# ## Two patterns, one answer
#
# Patterns are joined by a dot, and a gap of the same name is filled by the same thing. `a` means "is a". Which
# companies sit in which country?

# %%
graph.query("""
SELECT ?company ?country {
  ?company a kg:Company .
  ?company kg:basedIn ?country .
  ?country a kg:Country .
}
ORDER BY ?country ?company
LIMIT 8
""")

# %% [markdown]
# ## Count and sort

# %%
graph.query("""
SELECT ?country (COUNT(?company) AS ?companies) {
  ?company a kg:Company ; kg:basedIn ?country .
  ?country a kg:Country .
}
GROUP BY ?country
ORDER BY DESC(?companies) ?country
LIMIT 5
""")

# %% [markdown]
# ## Without, and either
#
# `FILTER NOT EXISTS` leaves out what has something; `|` between two relations takes either. Who was punished or sued,
# and is not a company?

# %%
graph.query("""
SELECT ?by ?whom {
  ?by kg:fines|kg:sues ?whom .
  FILTER NOT EXISTS { ?whom a kg:Company }
}
ORDER BY ?by ?whom
""")

# %% [markdown]
# ## A slip of the pen
#
# A relation that does not exist finds nothing. The result says so, and what was meant perhaps.

# %%
print(graph.query("SELECT ?buyer ?bought { ?buyer kg:aquires ?bought }"))

# %% [markdown]
# ## Which relations are there?
#
# Which relations do the articles use most? This question is so usual that it has a name, like thirty others: `kg
# query --list` shows them.

# %%
graph.query("relation-counts", labels=True, limit=8)

# %% [markdown]
# Named queries have parameters. `bind` takes names as the texts have them; no IRI is needed.

# %%
graph.query("about", bind={"entity": "Huawei"}, labels=True)

# %%
graph.query("who-restricts-whom", bind={"whom": "Huawei"})

# %% [markdown]
# `bind` works with queries of your own, too:

# %%
graph.query("SELECT ?relation ?whom { ?who ?relation ?whom . ?whom rdfs:label ?name }", bind={"who": "EU-Kommission"})

# %% [markdown]
# ## Not everything said is a fact
#
# What is planned, alleged or denied is no triple, but it is there: each sentence is a *statement* with a status.
# Statements lie in graphs of their own, one for each article.

# %%
graph.query("""
SELECT ?who ?relation ?whom ?quote {
  GRAPH ?statements {
    ?statement rdf:subject ?who ; rdf:predicate ?relation ; rdf:object ?whom ;
      kg:status kg:planned ; kg:evidence/oa:exact ?quote .
  }
}
ORDER BY ?who ?whom
""")

# %% [markdown]
# ## Take it with you
#
# A result is a table: `to_pandas()`, `to_csv()`, `to_json()`. With `labels=True` it has labels in the place of IRIs.

# %%
print(graph.query("largest-deals", labels=True).to_csv())
