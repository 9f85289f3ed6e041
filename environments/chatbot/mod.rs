//! The chatbot: rate limits, conversations, a Celery broker and a cache in one Redis.

pub mod prod;
