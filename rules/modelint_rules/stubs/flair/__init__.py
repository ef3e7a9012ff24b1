from flair import embeddings, models, nn, trainers
