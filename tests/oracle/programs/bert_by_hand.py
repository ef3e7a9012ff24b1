"""A pretrained classifier fine-tuned by hand in the mode in which it was loaded."""
# oracle: needs: transformers
# oracle: unknowns: what the saved configuration says

import torch
from transformers import BertConfig, BertForSequenceClassification

config = BertConfig(
    vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, max_position_embeddings=16
)
BertForSequenceClassification(config).save_pretrained("tiny")
model = BertForSequenceClassification.from_pretrained("tiny")  # expect: ML101
optimizer = torch.optim.AdamW(model.parameters(), lr=0.001)
for _ in range(2):
    loss = model(input_ids=torch.randint(0, 20, (2, 5)), labels=torch.tensor([0, 1])).loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
