"""The staff panel: what is due, in order, and the cards of people and organisations."""
