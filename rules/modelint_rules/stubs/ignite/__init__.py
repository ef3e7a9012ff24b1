from ignite import distributed, engine, handlers
