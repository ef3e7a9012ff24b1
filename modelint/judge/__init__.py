"""From events to diagnostics: rules look at events (`rule`, `context`), `dispatch` runs them, `merge` makes one finding of one defect."""
